## Account

# $app is the name of an app.
account-back-to = Retour à { $app }
account-profile = Profil
account-not-confirmed = Non confirmée
# The account has a password.
account-password-set = Défini
# The account has no password.
account-password-none = Aucun
# A link: make a first password.
account-set-password = Définir
# The account has an authenticator app.
account-app-set-up = Configurée
account-app-not-set-up = Non configurée
account-replace-app = Remplacer
# A link: begin to use an authenticator app.
account-set-up-app = Configurer
# The account has no passkeys.
account-passkeys-none = Aucune
# A link: a first passkey.
account-add-passkey = Ajouter
# A link: see and change the passkeys.
account-manage-passkeys = Gérer
# Recovery codes.
account-codes-none = Plus aucun
# Recovery codes.
account-codes-left =
    { $count ->
        [one] { $count } restant
       *[other] { $count } restants
    }
# Recovery codes.
account-make-codes = Renouveler
account-sessions = Sessions
account-sessions-what = Où votre compte est connecté
account-apps = Applications
account-apps-what = Celles qui ont accès
account-activity = Activité
account-activity-what = Ce qui s’est passé
account-data = Données
account-data-what = Copie ou suppression
account-sign-out = Se déconnecter
# Before account-other.
account-not-you = Ce n’est pas vous ?
account-other = Se connecter avec un autre compte
# Instead of account-other, where a browser may have several accounts.
account-switch = Changer de compte
# The code of an authenticator app.
account-wrong-code = Ce code est incorrect. Vérifiez l’heure de votre téléphone et essayez le code suivant.

## Profile

profile-title = Votre profil
profile-lead = Les applications que vous autorisez à voir votre profil reçoivent ces informations. Laissez vide ce que personne n’a besoin de savoir.
profile-username = Votre nom d’utilisateur est { $username }. Il ne peut pas changer, car des applications vous connaissent peut-être sous ce nom.
profile-save = Enregistrer

## E-mail address

address-title = Votre adresse e-mail
address-confirmed = Confirmée
address-not-confirmed = Non confirmée
address-confirm = Confirmer cette adresse
address-another = Une autre adresse
address-hint = Nous y envoyons un e-mail. Tant que vous n’avez pas confirmé la nouvelle adresse, vous vous connectez avec l’ancienne.
address-new = Nouvelle adresse e-mail
address-send = Envoyer l’e-mail

## Password

password-change-title = Modifier votre mot de passe
password-set-title = Définir un mot de passe
password-current = Mot de passe actuel
password-end-others = Me déconnecter partout ailleurs
password-change = Modifier le mot de passe
password-set = Définir le mot de passe
password-wrong = Ce n’est pas votre mot de passe actuel.

## Sessions

sessions-title = Où votre compte est connecté
sessions-lead = Si vous ne reconnaissez pas l’une de ces sessions, déconnectez-la, modifiez votre mot de passe et vérifiez que vous reconnaissez toutes vos clés d’accès.
# The session that the reader uses now.
sessions-this = Cet appareil
# $time is a date with a time, $method one of the texts named sessions-method, $address a network address.
sessions-signed-in = Connexion le { $time } par { $method }, depuis { $address }
# Follows sessions-signed-in, behind a dot.
sessions-last-seen = dernière activité le { $time }
sessions-method-password = mot de passe
sessions-method-passkey = clé d’accès
sessions-method-code = mot de passe et code à usage unique
sessions-method-both = mot de passe et clé d’accès
sessions-method-mail = e-mail
sessions-method-mail-code = e-mail et code à usage unique
sessions-method-mail-passkey = e-mail et clé d’accès
# A button that ends one session.
sessions-end = Déconnecter
# For screen readers, after sessions-end. $device is a browser and its system.
sessions-end-which = { $device }, connexion le { $time }
sessions-end-others = Se déconnecter partout ailleurs
# Such as "Firefox on Linux".
device-browser-and-system = { $browser } sur { $system }
device-unknown = Navigateur inconnu

## Browsers that aren't asked for a second factor, on the page of the sessions

trusted-title = Navigateurs sans demande de code
trusted-lead = Vous l’avez choisi en y saisissant un code. Un code reste demandé pour modifier votre façon de vous connecter.
# $since and $until are dates with times.
trusted-since = Depuis le { $since }, jusqu’au { $until }
# A button.
trusted-forget = Demander de nouveau un code

## Accounts in this browser

accounts-title = Comptes dans ce navigateur
accounts-lead = Vous pouvez passer de l’un à l’autre sans vous reconnecter. Sur un ordinateur partagé, déconnectez-vous de tous les comptes avant de partir.
# The account that the reader uses now.
accounts-in-use = Actif
# $time is a date with a time, $method one of the texts named sessions-method.
accounts-signed-in = Connexion le { $time } par { $method }
# Instead of accounts-signed-in: the session has idled out.
accounts-over = Déconnecté, car il n’a pas été utilisé depuis un moment
# A button: go on with it.
accounts-use = Utiliser ce compte
# Instead of accounts-use, after accounts-over.
accounts-sign-in-again = Se reconnecter
accounts-add = Ajouter un autre compte
accounts-end-all = Se déconnecter de tous les comptes de ce navigateur
# Instead of accounts-add. $count is how many accounts a browser may have.
accounts-full =
    { $count ->
        [one] Dans ce navigateur, { $count } seul compte peut être connecté à la fois. Déconnectez-vous pour en utiliser un autre.
       *[other] Dans ce navigateur, { $count } comptes peuvent être connectés en même temps. Déconnectez-vous de l’un d’eux pour en ajouter un autre.
    }

## Apps

apps-title = Applications connectées
apps-none = Aucune application n’a accès à votre compte.
apps-lead = Ces applications ont accès à votre compte.
apps-first-used = Première utilisation le { $time }
apps-last-used = Dernière utilisation le { $time }
# Follows apps-first-used, behind a dot.
apps-then-last-used = dernière utilisation le { $time }
apps-ours = Elle se reconnecte dès que vous l’utilisez.
apps-theirs = Si vous la déconnectez, elle vous redemandera votre accord à la prochaine utilisation.
apps-disconnect = Déconnecter

## Activity

# What happened, and the app that it is about.
activity-of-app = { $what } : { $app }
activity-title = Activité
activity-lead =
    { $days ->
        [one] Ce qui s’est passé sur votre compte au cours du dernier jour. Si quelque chose vous surprend, modifiez votre mot de passe et vérifiez où votre compte est connecté.
       *[other] Ce qui s’est passé sur votre compte au cours des { $days } derniers jours. Si quelque chose vous surprend, modifiez votre mot de passe et vérifiez où votre compte est connecté.
    }
activity-none = Rien pour le moment.
activity-none-older = Rien de plus ancien.
# Follows a time, behind a dot. $address is a network address.
activity-from = depuis { $address }
# Follows a time, behind a dot.
activity-by-operator = par les responsables du service
# A link to older events.
activity-older = Plus anciens
# Things that happened. Some are followed by a colon and the name of an app.
activity-signed-in = Connexion
activity-sign-in-failed = Mot de passe incorrect saisi
activity-throttled = Trop de tentatives de connexion, attente imposée
activity-password-accepted = Mot de passe correct saisi
activity-password-failed = Mot de passe incorrect saisi sur la page de modification
activity-sign-in-mail = Lien ou code reçu par e-mail utilisé pour se connecter
activity-passkey-accepted = Clé d’accès utilisée
activity-passkey-failed = Clé d’accès refusée
activity-second-factor-app = Code de l’application d’authentification utilisé
activity-second-factor-passkey = Clé d’accès utilisée comme second facteur
activity-second-factor-recovery = Code de récupération utilisé
activity-second-factor-failed = Code incorrect saisi
activity-browser-trusted = Un de vos navigateurs ne demande plus de code pendant quelque temps
activity-browser-forgotten = Un de vos navigateurs demande de nouveau un code
activity-app-enrolled = Application d’authentification configurée
activity-passkey-added = Clé d’accès ajoutée
activity-passkey-removed = Clé d’accès supprimée
activity-codes-replaced = Nouveaux codes de récupération créés
activity-account-created = Compte créé
activity-account-set-up = Compte configuré
activity-account-recovered = Compte reconfiguré
activity-account-disabled = Compte désactivé
activity-account-enabled = Compte réactivé
activity-account-unlocked = Fin de l’attente après des mots de passe incorrects
activity-factors-reset = Seconds facteurs retirés
activity-profile-changed = Profil modifié
activity-roles-changed = Rôles modifiés
activity-deletion-asked = Suppression du compte demandée
activity-deletion-taken-back = Suppression du compte annulée
activity-password-changed = Mot de passe modifié
activity-password-reset = Nouveau mot de passe choisi à l’aide d’un e-mail
activity-address-confirmed = Adresse e-mail confirmée
activity-address-changed = Adresse e-mail modifiée
activity-address-change-undone = Changement d’adresse e-mail annulé
activity-sessions-disowned = Tout le monde déconnecté, depuis l’e-mail signalant un nouvel appareil
activity-mail-asked = E-mail avec un lien demandé
activity-mail-code-failed = Code reçu par e-mail mal saisi
activity-session-ended = Session fermée
activity-consent-given = Autorisation donnée à une application
activity-consent-withdrawn = Application déconnectée
activity-app-signed-in = Connexion à une application
activity-token-revoked = Accès abandonné par une application
activity-used-twice = Autorisation d’une application utilisée deux fois, puis annulée

## Data

data-title = Vos données
data-lead = Tout ce que nous conservons ici à votre sujet, dans un fichier : votre profil, vos moyens de connexion, vos sessions, vos applications et ce qui s’est passé sur votre compte.
data-export = Télécharger une copie

## Deletion

delete-title = Supprimer votre compte
delete-lead =
    { $days ->
        [one] Toutes vos sessions seront fermées, et les applications que vous utilisez avec ce compte seront prévenues. Après { $days } jour, le compte sera supprimé définitivement, avec tout ce que nous conservons ici à votre sujet. Les applications peuvent garder ce que vous leur avez confié.
       *[other] Toutes vos sessions seront fermées, et les applications que vous utilisez avec ce compte seront prévenues. Après { $days } jours, le compte sera supprimé définitivement, avec tout ce que nous conservons ici à votre sujet. Les applications peuvent garder ce que vous leur avez confié.
    }
delete-hint = Si vous vous connectez avant, le compte sera conservé.
delete-submit = Supprimer le compte
# Instead of delete-submit. "It" is the account.
delete-keep = Garder le compte
delete-asked = Votre compte va être supprimé
delete-asked-lead =
    { $days ->
        [one] Toutes vos sessions sont fermées. Si vous vous connectez d’ici { $days } jour, votre compte sera conservé.
       *[other] Toutes vos sessions sont fermées. Si vous vous connectez d’ici { $days } jours, votre compte sera conservé.
    }

## Passkeys

passkeys-title = Vos clés d’accès
passkeys-lead = Avec une clé d’accès, vous vous connectez grâce à votre empreinte digitale, à votre visage ou au code de déverrouillage de votre appareil. Il n’y a rien à retenir, et rien qu’on puisse nous voler.
passkeys-synced = Utilisable sur plusieurs appareils
passkeys-single = Sur un seul appareil
# This and the next two follow passkeys-synced or passkeys-single, behind a dot.
passkeys-added = ajoutée le { $time }
passkeys-last-used = dernière utilisation le { $time }
passkeys-unused = pas encore utilisée
passkeys-rename = Renommer
passkeys-none = Vous n’en avez pas encore.
passkeys-add = Ajouter une clé d’accès
# The name of a new passkey whose maker is not known.
passkeys-label = Clé d’accès
passkeys-no-script = Ce navigateur ne peut pas créer de clé d’accès ici. Les scripts doivent être autorisés, et il faut un verrouillage de l’écran ou une clé de sécurité sur l’appareil.
# Before sessions-end-others.
passkeys-somebody-else = Quelqu’un d’autre a eu accès ?
passkeys-expired = Cela a pris trop de temps, ou la page a déjà été utilisée. Veuillez réessayer.
passkeys-refused = Cette clé d’accès n’a pas pu être ajoutée. Si cet appareil en a déjà une pour votre compte, vous n’avez rien à faire.
passkeys-unlisted = Cet authentificateur n’est pas autorisé ici. Veuillez utiliser une clé de sécurité ou un appareil approuvé par les responsables de ce service.
passkeys-last = C’est le dernier moyen assez sûr d’accéder à votre compte. Ajoutez-en un autre avant de le supprimer.
passkeys-name-length = Un nom comporte entre 1 et { $max } caractères.

## New recovery codes

new-codes-title = Créer de nouveaux codes de récupération
new-codes-heading = Créer de nouveaux codes de récupération ?
new-codes-loss =
    { $count ->
        [one] Le code qui vous reste cessera immédiatement de fonctionner, même là où vous l’avez imprimé ou enregistré.
       *[other] Les { $count } codes qui vous restent cesseront immédiatement de fonctionner, même là où vous les avez imprimés ou enregistrés.
    }
new-codes-none-left = Il ne vous en reste plus. Les nouveaux ne seront affichés qu’une fois.
new-codes-make = Créer de nouveaux codes
# Instead of new-codes-make.
new-codes-keep = Garder les anciens
# Instead of new-codes-make, when there are no old ones.
new-codes-not-now = Plus tard
