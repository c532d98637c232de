## Words of several pages

continue = Continuer
cancel = Annuler
cancel-to-app = Annuler et revenir à { $app }
sign-in = Se connecter
sign-in-staff = Connexion du personnel
your-account = Votre compte
change = Modifier
see = Voir
email-address = Adresse e-mail
password = Mot de passe
new-password = Nouveau mot de passe
code = Code
one-time-code = Code à usage unique
create-account = Créer un compte
use-another-account = Utiliser un autre compte
to-start-page = Aller à l’accueil
start-again = Recommencer
back = Retour
choose-new-password = Choisir un nouveau mot de passe
recovery-codes = Codes de récupération
passkeys = Clés d’accès
authenticator-app = Application d’authentification
remove = Supprimer
name = Nom
# Stands for the name of an app that is not known.
this-app = cette application

# Before the title of a page on which something has to be changed.
title-error = Erreur :
problem-heading = Il y a un problème

## Around every page

# Beside the product's name, in a realm for the people who work there.
badge-staff = Personnel
terms-of-service = Conditions d’utilisation
privacy-policy = Politique de confidentialité
help = Aide
# { $app } is the name of an app.
continue-to-app = pour continuer vers { $app }

## A new password

password-hint = Au moins { $least } caractères. Quelques mots sans rapport entre eux forment un mot de passe sûr et facile à retenir.
password-show = Afficher
password-show-label = Afficher le mot de passe
password-hide = Masquer
password-hide-label = Masquer le mot de passe

## Passkeys, told by the script of a page

passkey-failed = Cela n’a pas fonctionné. Vous pouvez réessayer.
passkey-known = Cet appareil a déjà une clé d’accès pour votre compte.

## The page on which people choose their language

language-title = Choisissez votre langue
language-lead = Les pages de ce site et nos e-mails seront désormais dans cette langue.
# The link to that page; { $language } is the name of the language in use.
language-link = Langue : { $language }
