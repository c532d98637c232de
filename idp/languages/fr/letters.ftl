## Parts of every mail

letter-when = Date
letter-device = Appareil
# the network address from which something was done
letter-address = Adresse IP
# a line of the mail's text: what it is (When, Device, Address), and its value
letter-fact = { $name } : { $value }
# what a link is for; the link stands in the next line
letter-button = { $label } :
letter-code = Ou saisissez ce code sur la page où vous avez commencé :
letter-once =
    { $minutes ->
        [one] Le lien et le code ne fonctionnent qu’une fois et sont valables { $minutes } minute.
       *[other] Le lien et le code ne fonctionnent qu’une fois et sont valables { $minutes } minutes.
    }
letter-ignore = Si ce n’était pas vous, vous n’avez rien à faire : sans cet e-mail, personne ne peut aller plus loin.
letter-not-you = Si ce n’était pas vous, vous n’avez rien à faire.
letter-was-you = Si c’était vous, vous n’avez rien à faire.

## A new password

letter-reset-text = Quelqu’un a demandé un nouveau mot de passe pour votre compte. Si c’était vous, choisissez-le ici.
letter-no-account = Aucun compte n’utilise cette adresse
letter-no-account-text = Quelqu’un a demandé un nouveau mot de passe pour un compte avec cette adresse, mais il n’en existe aucun.
letter-no-account-hint = Si c’était vous, vous avez peut-être utilisé une autre adresse ici.
letter-disabled = Votre compte est désactivé
letter-disabled-text = Quelqu’un a demandé un nouveau mot de passe pour votre compte. Comme il est désactivé, un nouveau mot de passe ne servirait à rien.
letter-disabled-hint = Demandez de l’aide là où vous avez obtenu le compte.
letter-not-set-up = Votre compte n’est pas encore configuré
letter-not-set-up-text = Quelqu’un a demandé un nouveau mot de passe pour votre compte. Il n’a pas encore de second facteur : un mot de passe seul ne servirait à rien.
letter-not-set-up-hint = Configurez-le avec le lien de votre invitation. Si vous n’en avez pas, demandez à un ou une collègue de vous en envoyer une.

## A sign-in by mail

letter-sign-in = Votre lien de connexion
letter-sign-in-text = Quelqu’un souhaite se connecter à votre compte sans mot de passe. Si c’est vous, connectez-vous ici. Ne communiquez le code à personne.
letter-sign-in-no-account-text = Quelqu’un a voulu se connecter avec cette adresse, mais aucun compte ne l’utilise.
letter-sign-in-disabled-text = Quelqu’un a voulu se connecter à votre compte. Il est désactivé.
letter-unconfirmed = Choisissez un nouveau mot de passe pour vous connecter
letter-unconfirmed-text = Quelqu’un a voulu se connecter à votre compte par e-mail. Il faut pour cela une adresse confirmée, et celle-ci ne l’a jamais été.
letter-unconfirmed-hint = Si c’était vous, choisissez plutôt un nouveau mot de passe : quelqu’un d’autre a peut-être créé le compte et connaît son mot de passe. L’adresse sera ainsi confirmée, et toutes les sessions du compte seront fermées.

## A new account, or a new address

letter-register = Confirmez votre adresse e-mail
letter-register-text = Encore une étape et votre compte est prêt : confirmez que cette adresse est la vôtre.
letter-register-button = Confirmer l’adresse
letter-here = Le lien fonctionne dans le navigateur où vous avez commencé. S’il s’ouvre ailleurs, retournez-y et saisissez le code.
letter-has-account = Vous avez déjà un compte
letter-has-account-text = Quelqu’un a voulu créer un compte avec cette adresse, mais il en existe déjà un. Si c’était vous, connectez-vous.
letter-has-account-forgot = Si vous avez oublié le mot de passe, choisissez-en un nouveau :
letter-confirm-text = Confirmez que cette adresse est la vôtre.
letter-change = Confirmez votre nouvelle adresse e-mail
letter-change-text = Confirmez que cette adresse est la vôtre. Vous l’utiliserez ensuite pour vous connecter.
letter-address-in-use = Cette adresse a déjà un compte
letter-address-in-use-text = Quelqu’un a voulu donner cette adresse à un autre compte, mais elle a déjà le sien. Rien n’a été modifié.
letter-address-changed = Votre adresse e-mail a été modifiée
letter-address-changed-text = Votre compte a maintenant une autre adresse : { $address }. C’est avec elle que vous vous connectez.
letter-address-changed-button = Rétablir l’adresse
letter-address-changed-not-you = Si ce n’était pas vous, rétablissez votre adresse : tout le monde sera déconnecté, le mot de passe ne fonctionnera plus et vous en choisirez un nouveau. Le lien fonctionne pendant sept jours.
letter-address-taken-back = Votre compte a changé d’adresse
letter-address-taken-back-text = L’adresse que votre compte avait avant celle-ci a été rétablie.
letter-address-taken-back-hint = Si vous ne vous y attendiez pas, demandez de l’aide là où vous avez obtenu votre compte.

## A new sign-in

letter-new-device = Nouvelle connexion
# $device is like "Firefox on Linux"
letter-new-device-on = Nouvelle connexion : { $device }
letter-new-device-text = Quelqu’un vient de se connecter à votre compte sur un appareil jamais utilisé auparavant.
letter-new-device-button = Ce n’était pas moi
letter-new-device-not-you = Si ce n’était pas vous, utilisez « Ce n’était pas moi » : tout le monde sera déconnecté, le mot de passe ne fonctionnera plus et vous en choisirez un nouveau. Le lien fonctionne pendant sept jours.

## Notices of what happened to an account

notice-button = Voir votre compte
notice-not-you = Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe :
notice-password-set = Votre compte a un mot de passe
notice-password-set-text = Votre compte n’avait pas de mot de passe. Il en a maintenant un.
notice-password-changed = Votre mot de passe a été modifié
notice-password-changed-text = Votre compte a un nouveau mot de passe. L’ancien ne fonctionne plus.
notice-app-set = Une application d’authentification a été configurée
notice-app-set-text = Votre compte demande désormais les codes d’une nouvelle application d’authentification. Ceux d’une application précédente ne fonctionnent plus.
notice-passkey-added = Une clé d’accès a été ajoutée
notice-passkey-added-text = Votre compte a une nouvelle clé d’accès. Toute personne qui a l’appareil de cette clé peut se connecter avec elle.
notice-passkey-removed = Une clé d’accès a été supprimée
notice-passkey-removed-text = L’une des clés d’accès de votre compte ne fonctionne plus.
notice-new-codes = Nouveaux codes de récupération
notice-new-codes-text = Votre compte a de nouveaux codes de récupération. Les anciens ne fonctionnent plus.
notice-code-used = Un code de récupération a été utilisé
notice-code-used-text = Quelqu’un s’est connecté à votre compte avec l’un de ses codes de récupération.
notice-factors-taken = Votre compte doit être reconfiguré
notice-factors-taken-text = Le mot de passe et le second facteur de votre compte ont été retirés, et toutes les sessions sont fermées. Vous recevrez un lien pour les configurer à nouveau.
notice-deletion-asked = Votre compte va être supprimé
notice-deletion-asked-text =
    { $days ->
        [one] Il sera supprimé définitivement dans { $days } jour, et toutes les sessions sont fermées. Si vous vous connectez avant, il sera conservé.
       *[other] Il sera supprimé définitivement dans { $days } jours, et toutes les sessions sont fermées. Si vous vous connectez avant, il sera conservé.
    }
notice-deletion-taken-back = Votre compte est conservé
notice-deletion-taken-back-text = Votre compte allait être supprimé. Quelqu’un s’y est connecté : il est donc conservé.
notice-set-up-again = Votre compte a été reconfiguré
notice-set-up-again-text = Votre compte a un nouveau mot de passe et un nouveau second facteur. Les anciens ne fonctionnent plus.
