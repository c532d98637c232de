## Look into your mailbox

mailed-heading = Consultez vos e-mails
mailed-lead = Nous avons envoyé un e-mail à { $address }. Ouvrez le lien qu’il contient, ou saisissez son code ici.
mailed-hint =
    { $minutes ->
        [one] Huit chiffres, valables { $minutes } minute.
       *[other] Huit chiffres, valables { $minutes } minutes.
    }
mailed-nothing-there = Vous n’avez rien reçu ? Cela peut prendre une minute. Vérifiez aussi vos spams.
mailed-again = Envoyer un autre e-mail
# $wait is one or more whole sentences, which say how long to wait
mailed-not-yet = Nous ne pouvons pas encore envoyer d’autre e-mail. { $wait }
mailed-wrong = Ce code est incorrect. Ouvrez notre e-mail le plus récent et saisissez son code.
mailed-over = Le code de cet e-mail ne fonctionne plus. Choisissez « Envoyer un autre e-mail ».
mailed-too-many = Trop de codes incorrects ont été saisis pour cette adresse. Le lien de l’e-mail fonctionne toujours.
mailed-another-account = Un autre compte est utilisé
mailed-another-account-text = Cet e-mail ne concerne pas le compte que vous utilisez ici. Connectez-vous avec le bon compte, puis rouvrez le lien.
mailed-taken = Cette adresse est déjà utilisée
mailed-taken-text = Un autre compte a pris cette adresse entre-temps : rien n’a été modifié.
mailed-gone = Ce lien ne fonctionne plus
mailed-gone-text = Un lien reçu par e-mail fonctionne une seule fois, pendant une durée limitée, et un e-mail plus récent le remplace. Recommencez depuis le début.

## The page behind a mailed link

link-elsewhere = Saisissez plutôt le code
link-elsewhere-text = Vous avez ouvert le lien dans un autre navigateur que celui où vous aviez commencé. Retournez-y et saisissez le code qui figure dans l’e-mail.
link-sign-in-text = Vous allez vous connecter au compte qui utilise cette adresse.
link-confirm = Confirmez votre adresse e-mail
link-confirm-text = Confirmez que cette adresse est la vôtre.
link-confirm-button = Confirmer l’adresse
link-change = Confirmez votre nouvelle adresse e-mail
link-change-text = Confirmez que cette adresse est la vôtre. Vous l’utiliserez ensuite pour vous connecter.
link-change-button = Utiliser cette adresse
link-undo = Rétablissez votre adresse e-mail
link-undo-text = Votre compte reprendra cette adresse. Toutes ses sessions seront fermées et le mot de passe ne fonctionnera plus. Vous en choisirez ensuite un nouveau.
link-undo-button = Rétablir l’adresse
# heading and button
link-disown = Déconnecter tout le monde
link-disown-text = Toutes les sessions de votre compte seront fermées, sur tous les appareils, et le mot de passe ne fonctionnera plus. Vous en choisirez ensuite un nouveau.

## Everybody is signed out

signed-out-everywhere-heading = Tout le monde est déconnecté
signed-out-everywhere-text = Plus personne n’est connecté à votre compte. Choisissez un nouveau mot de passe. Ensuite, sur la page de votre compte, vérifiez que vous reconnaissez toutes les clés d’accès et l’application d’authentification.

## The passkey of a new account

first-passkey-heading = Créez votre clé d’accès
first-passkey-lead = Elle vous connecte au compte { $address } avec votre empreinte digitale, votre visage ou le code de déverrouillage de cet appareil.
first-passkey-make = Créer la clé d’accès
first-passkey-impossible = Ce navigateur ne peut pas créer de clé d’accès ici.
first-passkey-use-password = Utiliser un mot de passe
first-passkey-failed = Cette clé d’accès n’a pas pu être créée, ou cela a pris trop de temps. Réessayez, ou utilisez un mot de passe.

## Forgotten password

forgot-heading = Mot de passe oublié
forgot-lead = Nous vous envoyons un e-mail avec un lien qui permet de choisir un nouveau mot de passe.
forgot-submit = Envoyer l’e-mail
forgot-back = Retour à la connexion
forgot-unavailable = Pas d’e-mail ici
forgot-unavailable-text = Ici, il n’est pas possible de recevoir un nouveau mot de passe par e-mail. Demandez de l’aide là où vous avez obtenu votre compte.

## Sign in by mail

by-mail-heading = Se connecter par e-mail
by-mail-lead = Nous vous envoyons un e-mail avec un lien et un code. L’un ou l’autre vous connecte sans mot de passe.
by-mail-submit = Envoyer l’e-mail
by-mail-back = Utiliser le mot de passe

## Choose a new password

reset-lead = Toutes les sessions ouvertes de votre compte seront alors fermées.
reset-submit = Enregistrer le mot de passe
reset-done = Votre mot de passe a été modifié
reset-done-text = Connectez-vous avec le nouveau.
