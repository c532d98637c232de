# Signing in, making an account, the second factor, consent, signing out, and the start page.

## Sign in

sign-in-passkey = Utiliser une clé d’accès
# Above the form, when somebody adds an account. $account is the e-mail address of another one.
sign-in-beside = { $account } reste connecté.
sign-in-forgot = Mot de passe oublié ?
sign-in-by-mail = Recevoir un lien de connexion par e-mail
# A link follows: Create an account.
sign-in-new = Première visite ?
# The same whether the address or the password was wrong: it must not say which.
sign-in-wrong = L’adresse e-mail ou le mot de passe est incorrect.
sign-in-wrong-hidden = L’adresse e-mail ou le mot de passe est incorrect. Le mot de passe contient un caractère invisible, peut-être collé en même temps que lui.
sign-in-passkey-expired = Cela a pris trop de temps. Veuillez réessayer.
sign-in-passkey-unknown = Cette clé d’accès n’est pas connue ici : elle a été supprimée de son compte. Utilisez-en une autre, ou votre mot de passe.
sign-in-passkey-refused = Cette clé d’accès n’a pas pu être vérifiée. Réessayez, ou utilisez votre mot de passe.

## Create an account

register-passkey-hint = Aucun mot de passe à retenir : connectez-vous avec votre empreinte digitale, votre visage ou le code de déverrouillage de cet appareil.
register-passkey = Continuer avec une clé d’accès
# Heading above the field of the password, below the button for a passkey.
register-or-password = Ou avec un mot de passe
# { $terms } is the link named terms-of-service.
register-terms = En créant un compte, vous acceptez les { $terms }.
register-submit = Créer le compte
# A link follows: Sign in.
register-have = Vous avez déjà un compte ?

## Second factor

second-factor-title-app = Saisissez votre code
# The title of the page, and its button.
second-factor-title-passkey = Utiliser votre clé d’accès
# $account is the e-mail address.
second-factor-lead = Connexion avec le compte { $account }
second-factor-otp-hint = Les six chiffres affichés par votre application d’authentification.
second-factor-no-passkey = Ce navigateur ne peut pas utiliser votre clé d’accès ici.
# Follows second-factor-no-passkey.
second-factor-recovery-instead = Vous pouvez vous connecter avec un code de récupération à la place.
# Follows second-factor-no-passkey.
second-factor-elsewhere = Connectez-vous sur l’appareil où elle se trouve.
# A link follows: Use a recovery code.
second-factor-no-app = Vous n’avez plus accès à votre application ?
# A link follows: Use a recovery code.
second-factor-lost-passkey = Vous n’avez plus accès à votre clé d’accès ?
second-factor-trust =
    { $days ->
        [one] Ne plus demander dans ce navigateur pendant { $days } jour
       *[other] Ne plus demander dans ce navigateur pendant { $days } jours
    }
second-factor-trust-hint = Uniquement sur un appareil qui vous appartient.
second-factor-wrong-code = Ce code est incorrect ou a déjà été utilisé. Attendez le suivant, puis réessayez.
second-factor-wrong-passkey = Ce n’était pas l’une de vos clés d’accès, ou cela a pris trop de temps. Veuillez réessayer.

## Recovery code instead of the second factor

# The title of the page, and the text of links to it.
recovery-title = Utiliser un code de récupération
# $account is the e-mail address.
recovery-lead = Connexion avec le compte { $account }. Chacun des codes que vous avez enregistrés fonctionne une seule fois.
# The label of the field.
recovery-code = Code de récupération
recovery-hint = 24 lettres et chiffres. Les majuscules, les espaces et les tirets n’ont pas d’importance.
recovery-other-way = Utiliser une autre méthode
recovery-wrong = Ce code ne fait pas partie de vos codes de récupération encore inutilisés.

## Setting up a second factor

enrol-title = Protégez votre compte
enrol-title-app = Configurez votre application d’authentification
# $account is the e-mail address.
enrol-lead = Choisissez ce qui protégera aussi { $account }, même si quelqu’un découvre le mot de passe.
# $account is the e-mail address.
enrol-lead-app = Elle crée les codes qui protègent { $account }, même si quelqu’un découvre le mot de passe.
enrol-title-passkey = Configurer une clé d’accès
# $account is the e-mail address.
enrol-lead-passkey = { $account } est protégé par une clé d’accès : contrairement à un code, une page qui ne fait que ressembler à celle-ci ne peut pas la voler.
enrol-with-passkey = Avec une clé d’accès
enrol-passkey-hint = Votre empreinte digitale, votre visage, le code de déverrouillage de cet appareil ou une clé de sécurité. Aucun code à recopier.
enrol-passkey = Utiliser une clé d’accès
enrol-no-passkey = Ce navigateur ne peut pas créer de clé d’accès ici.
# Follows enrol-no-passkey.
enrol-passkey-elsewhere = Continuez dans un autre navigateur, ou sur un appareil avec un verrouillage d’écran.
enrol-or-app = Ou avec une application d’authentification
enrol-scan = Scannez ce code avec votre application
enrol-qr = QR code pour votre application d’authentification
enrol-type = Impossible de scanner ? Saisissez cette clé dans l’application
enrol-confirm-code = Confirmez avec le code affiché par l’application
enrol-submit = Confirmer
enrol-not-now = Plus tard

## The offer of a passkey after a sign-in with a password

# The browser may make a passkey by itself meanwhile.
passkey-offer-moment = Un instant…
passkey-offer-title = Connectez-vous sans mot de passe la prochaine fois
passkey-offer-lead = Une clé d’accès le remplace : votre empreinte, votre visage ou le verrouillage de cet appareil, ou une clé de sécurité.

## A second factor is needed, and can't be set up here

enrol-refused-title = Un second facteur est nécessaire
# $account is the e-mail address.
enrol-refused-staff = Le personnel se connecte avec un second facteur, et { $account } n’en a pas encore.
enrol-refused-passkey-title = Une clé d’accès est nécessaire
# $account is the e-mail address.
enrol-refused-passkey = Le personnel se connecte avec une clé d’accès, et { $account } n’en a pas encore.
enrol-refused-staff-how = Pour qu’un mot de passe volé ne suffise pas, il ne peut être configuré qu’avec une invitation. Demandez à la personne qui gère les comptes du personnel de vous en envoyer une.

## Save your recovery codes

recovery-codes-title = Enregistrez vos codes de récupération
# $now is recovery-codes-now, in bold.
recovery-codes-lead = Si vous perdez votre téléphone, chacun de ces codes vous permet de vous connecter une fois. Imprimez-les ou conservez-les dans un gestionnaire de mots de passe : { $now }.
# The end of recovery-codes-lead.
recovery-codes-now = ils ne s’affichent que cette fois-ci
recovery-codes-copy = Copier les codes
# Stands on the button for a moment, after the codes were copied.
recovery-codes-copied = Copiés
recovery-codes-saved = Je les ai enregistrés

## One-time setup link

setup-title = Configurez votre compte
# $role is the name of a role, which is not translated.
setup-lead = Il aura le rôle { $role }. Après le mot de passe, vous configurerez un second facteur : gardez votre téléphone à portée de main.
setup-title-again = Retrouvez l’accès à votre compte
setup-lead-again = Choisissez un nouveau mot de passe. Vous configurerez ensuite un second facteur : gardez votre téléphone à portée de main.
# $time is a date and a time of day.
setup-expires = Ce lien fonctionne une seule fois, jusqu’au { $time }.
setup-wrong-code = Ce code est incorrect. Vérifiez l’heure de votre téléphone et essayez le code suivant.
setup-wrong-passkey = Cette clé d’accès n’a pas pu être configurée, ou cela a pris trop de temps. Veuillez réessayer.
setup-gone = Ce lien de configuration ne fonctionne plus
setup-gone-how = Un lien de configuration fonctionne une seule fois, pendant une durée limitée. Demandez-en un nouveau à la personne qui vous l’a envoyé.

## Choose an account

select-account-title = Choisissez un compte
# $account is an e-mail address.
select-account-continue = Continuer avec { $account }

## Consent

# $app is the name of an app, or "this app".
consent-title = Autoriser { $app } ?
# $app is the name of an app, or "this app"; $host is a host name, or consent-local-host; $account is an e-mail address.
consent-lead = L’accès à votre compte { $account } est demandé par { $app } ({ $host }).
# Stands for $host in consent-lead, when the app is not on the web.
consent-local-host = une application sur cet appareil
# A list of permissions follows: scope-openid and the others.
consent-scopes = Ce qu’elle pourrait voir ou utiliser
# A button: yes.
consent-allow = Autoriser

## Permissions: what an app would be able to see or use, and a sentence about it

scope-openid = Votre identité
scope-openid-hint = Un numéro qui représente votre compte et permet de vous reconnaître.
scope-profile = Votre profil
scope-profile-hint = Votre nom et les autres informations de votre profil.
scope-email = Votre adresse e-mail
scope-address = Votre adresse postale
scope-phone = Votre numéro de téléphone
scope-groups = Vos groupes
scope-groups-hint = Les noms de vos rôles ici.
scope-roles = Vos rôles
scope-roles-hint = Votre fonction ici, et votre équipe.
scope-offline-access = Accès en votre absence
scope-offline-access-hint = L’application reste connectée jusqu’à ce que vous vous déconnectiez.

## A sign-in that is over

completed-title = Cette page n’est plus à jour
completed-lead = Vous avez terminé cette connexion ailleurs, ou la page est restée ouverte trop longtemps. Rien n’a été perdu.
# $app is the name of an app, or "this app".
completed-return = Revenir à { $app }

## Sign out

# The title of the page, and its button.
sign-out-submit = Se déconnecter
sign-out-title = Se déconnecter ?
# $account is the e-mail address.
sign-out-account = Vous utilisez le compte { $account }.
sign-out-apps = Vos sessions dans les applications que vous avez ouvertes d’ici seront aussi fermées.
sign-out-stay = Garder la session ouverte

## Signed out

# In the title of the browser's tab.
signed-out-tab = Session fermée
signed-out-title = Votre session est fermée
signed-out-lead = Sur un ordinateur partagé, fermez aussi le navigateur.
# A link follows: accounts-title.
signed-out-others = D’autres comptes sont encore connectés :

## Not signed in

# In the title of the browser's tab.
not-signed-in-tab = Aucune session ouverte
not-signed-in-title = Aucune session n’est ouverte ici
not-signed-in-lead = Il n’y avait aucune session à fermer dans ce navigateur : rien n’a changé.
not-signed-in-elsewhere = Si une session est encore ouverte dans un autre navigateur, déconnectez-vous là-bas.

## On the way back to an app

leaving-title = Un instant
leaving-lead = Vous retournez à l’application.

## Start page

home-title = Bienvenue
# $account is the e-mail address.
home-account = Vous utilisez le compte { $account }.
# $app is the name of an app.
home-to-app = Ouvrir { $app }
# $product is the name of the product or the company.
home-lead = C’est ici que l’on se connecte avec un compte { $product }. Le plus souvent, on vient d’une application, puis on y retourne.
# For developers. A link follows: What it needs to connect.
home-developers = Vous développez une application ?
home-discovery = Ce qu’il lui faut pour se connecter
