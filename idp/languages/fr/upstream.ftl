# Signing in at another provider, and connecting an account there.

# A button. $provider is the name of another provider, everywhere in this file.
upstream-continue = Continuer avec { $provider }
leaving-to-upstream = Vous allez sur { $provider } pour vous y connecter.

## What came to nothing

upstream-cancelled = Vous ne vous êtes pas connecté sur { $provider }. Réessayez, ou connectez-vous autrement.
upstream-unreachable = { $provider } ne répond pas pour le moment. Réessayez plus tard, ou connectez-vous autrement.
upstream-refused = La connexion avec { $provider } n’a pas fonctionné. Réessayez, ou connectez-vous autrement.
upstream-not-fresh = Vous devez vous reconnecter, et { $provider } n’a pas confirmé que vous venez de le faire. Réessayez, ou connectez-vous autrement.
upstream-disabled = Ce compte est désactivé. Demandez de l’aide là où vous l’avez obtenu.
upstream-elsewhere = Ce compte { $provider } est déjà associé à un autre compte ici.
upstream-lost = Ce navigateur n’attend aucune réponse d’un autre fournisseur : la connexion a commencé ailleurs, ou il y a trop longtemps. Retournez à l’application et recommencez.

## Somebody who has no account here yet

connect-title = Première visite avec { $provider }
# $account is the e-mail address that the provider has told.
connect-lead = Vous vous y êtes connecté en tant que { $account }. Aucun compte n’y est encore associé ici.
connect-lead-no-address = Vous vous y êtes connecté. Aucun compte n’y est encore associé ici.
connect-have = Vous avez déjà un compte ici
connect-have-how = Connectez-vous-y une fois. Ensuite, { $provider } y mènera.
connect-new = Vous n’avez pas encore de compte
connect-new-how = Votre compte sera créé avec ce que { $provider } a indiqué à votre sujet.
connect-new-mail = Nous envoyons un e-mail à cette adresse, pour vérifier qu’elle est bien à vous.
connect-closed = { $provider } ne suffit pas pour créer un compte ici. Si vous n’en avez pas, demandez-en un là où vous avez trouvé ce service.
# A button: neither of the two.
connect-not = Se connecter autrement
# Above the form of the sign-in page.
sign-in-connects = Ensuite, { $provider } sera associé à votre compte.

## The page of connected sign-ins

connections-title = Connexions associées
connections-lead = Avec ces fournisseurs, vous pouvez vous connecter à votre compte sans son mot de passe.
# This and the next two stand side by side, behind a dot.
connections-since = associée le { $time }
connections-last-used = dernière utilisation le { $time }
connections-unused = pas encore utilisée
connections-gone = Elle n’est plus proposée ici.
connections-disconnect = Dissocier
connections-none = Vous n’en avez pas encore.
connections-add = Associer { $provider }
connections-sign-out = Si vous vous déconnectez ici, vous restez connecté là-bas.
connections-last = C’est le dernier moyen d’accéder à votre compte. Définissez un mot de passe ou ajoutez une clé d’accès avant de la dissocier.

## On other pages of the account

account-connections-none = Aucune
# A link: connect a first one.
account-add-connection = Associer
# A link: see and change them.
account-manage-connections = Gérer
# How somebody signed in: see sessions-signed-in.
sessions-method-upstream = un autre fournisseur
sessions-method-upstream-code = un autre fournisseur et code à usage unique
sessions-method-upstream-passkey = un autre fournisseur et clé d’accès
activity-sign-in-upstream = Arrivée depuis un autre fournisseur pour se connecter
activity-upstream-connected = Connexion chez un autre fournisseur associée
activity-upstream-disconnected = Connexion chez un autre fournisseur dissociée

## Notices

notice-upstream-connected = Un autre moyen de connexion a été associé
notice-upstream-connected-text = On peut maintenant se connecter à votre compte avec { $provider }.
notice-upstream-disconnected = Un moyen de connexion a été dissocié
notice-upstream-disconnected-text = On ne peut plus se connecter à votre compte avec { $provider }.
