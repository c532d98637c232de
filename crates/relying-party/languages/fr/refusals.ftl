## Who may do this

please-sign-in = Veuillez vous connecter
please-sign-in-text = Cette page est réservée aux personnes connectées.
wrong-side =
    { $side ->
        [staff] Votre session est celle de l’espace du personnel
        [customer] Votre session est celle de l’espace client
       *[other] Votre session est celle de l’espace « { $side } »
    }
wrong-side-text = Votre connexion à { $url } n’est pas valable ici.
second-factor = Veuillez vous connecter avec votre second facteur
second-factor-text = Il faut pour cela une connexion avec un code de votre application d’authentification.
sign-in-again = Veuillez vous reconnecter
sign-in-again-text = Pour votre sécurité, il faut pour cela une connexion toute récente.
not-allowed = Vous ne pouvez pas faire cela
missing-permission = Votre compte n’a pas l’autorisation « { $permission } ». Demandez à une personne qui gère les comptes un rôle qui la comprend.
missing-scope = Votre connexion ne comprend pas cette partie. Déconnectez-vous, puis reconnectez-vous. Si cela ne change rien, prévenez les responsables de ce service.

## Forms

stale-form = Veuillez réessayer
stale-form-text = Cette page n’était plus à jour : rien n’a été modifié. Revenez en arrière, rechargez-la et recommencez.
cookies-blocked = Les cookies sont bloqués
cookies-blocked-text = Ce navigateur n’a pas envoyé le cookie qui vous distingue des autres personnes. Autorisez les cookies pour ce site, puis rechargez la page et recommencez.

## Signing in

one-moment = Un instant
continue = Continuer
one-moment-please = Un instant, s’il vous plaît
sign-in-unreachable = Le service de connexion est injoignable pour le moment. Patientez un instant, puis réessayez.
sign-in-cancelled = Vous avez annulé la connexion. Rien n’a changé.
sign-in-expired = Cette connexion a pris trop de temps ou a déjà été utilisée. Veuillez vous reconnecter.
sign-in-no-cookies = Les cookies sont bloqués, ou ce navigateur n’est pas le même. Autorisez les cookies ici, puis reconnectez-vous.
sign-in-failed = La connexion n’a pas fonctionné. Veuillez réessayer. Si cela se reproduit, prévenez les responsables de ce service.
sign-in-unavailable = Le service de connexion est injoignable pour le moment. Veuillez réessayer dans quelques instants.
