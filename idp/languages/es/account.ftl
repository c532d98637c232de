## Account

# $app is the name of an app.
account-back-to = Volver a { $app }
account-profile = Perfil
account-not-confirmed = Sin confirmar
# The account has a password.
account-password-set = Configurada
# The account has no password.
account-password-none = Ninguna
# A link: make a first password.
account-set-password = Crear una
# The account has an authenticator app.
account-app-set-up = Configurada
account-app-not-set-up = Sin configurar
account-replace-app = Reemplazar
# A link: begin to use an authenticator app.
account-set-up-app = Configurar
# The account has no passkeys.
account-passkeys-none = Ninguna
# A link: a first passkey.
account-add-passkey = Añadir una
# A link: see and change the passkeys.
account-manage-passkeys = Gestionar
# Recovery codes.
account-codes-none = No queda ninguno
# Recovery codes.
account-codes-left =
    { $count ->
        [one] Queda { $count }
       *[other] Quedan { $count }
    }
# Recovery codes.
account-make-codes = Crear nuevos
account-sessions = Sesiones
account-sessions-what = Dónde has iniciado sesión
account-apps = Apps
account-apps-what = Cuáles tienen acceso
account-activity = Actividad
account-activity-what = Qué ha pasado
account-data = Datos
account-data-what = Una copia o darte de baja
account-sign-out = Cerrar sesión
# Before account-other.
account-not-you = ¿No eres tú?
account-other = Iniciar sesión con otra cuenta
# Instead of account-other, where a browser may have several accounts.
account-switch = Cambiar de cuenta
# The code of an authenticator app.
account-wrong-code = Este código no es correcto. Comprueba la hora de tu teléfono y prueba con el siguiente código.

## Profile

profile-title = Tu perfil
profile-lead = Las apps a las que permitas ver tu perfil recibirán lo que pongas aquí. Deja en blanco lo que nadie necesite saber.
profile-username = Tu nombre de usuario es { $username }. No se puede cambiar, porque las apps pueden reconocerte por él.
profile-save = Guardar

## E-mail address

address-title = Tu correo electrónico
address-confirmed = Confirmado
address-not-confirmed = Sin confirmar
address-confirm = Confirmar esta dirección
address-another = Otra dirección
address-hint = Te enviaremos un correo a la dirección nueva. Hasta que la confirmes, inicia sesión con la anterior.
address-new = Correo electrónico nuevo
address-send = Enviar correo

## Password

password-change-title = Cambiar tu contraseña
password-set-title = Crear una contraseña
password-current = Contraseña actual
password-end-others = Cerrar las demás sesiones
password-change = Cambiar contraseña
password-set = Crear contraseña
password-wrong = Esta no es tu contraseña actual.

## Sessions

sessions-title = Dónde has iniciado sesión
sessions-lead = Si no reconoces alguna de estas sesiones, ciérrala, cambia tu contraseña y comprueba que reconoces todas tus llaves de acceso.
# The session that the reader uses now.
sessions-this = Este dispositivo
# $time is a date with a time, $method one of the texts named sessions-method, $address a network address.
sessions-signed-in = Sesión iniciada con { $method } desde { $address } el { $time }
# Follows sessions-signed-in, behind a dot.
sessions-last-seen = última actividad: { $time }
sessions-method-password = contraseña
sessions-method-passkey = llave de acceso
sessions-method-code = contraseña y código de un solo uso
sessions-method-both = contraseña y llave de acceso
sessions-method-mail = correo electrónico
sessions-method-mail-code = correo electrónico y código de un solo uso
sessions-method-mail-passkey = correo electrónico y llave de acceso
# A button that ends one session.
sessions-end = Cerrar sesión
# For screen readers, after sessions-end. $device is a browser and its system.
sessions-end-which = { $device }, sesión iniciada el { $time }
sessions-end-others = Cerrar las demás sesiones
# Such as "Firefox on Linux".
device-browser-and-system = { $browser } en { $system }
device-unknown = Navegador desconocido

## Browsers that aren't asked for a second factor, on the page of the sessions

trusted-title = Navegadores que no piden código
trusted-lead = Lo elegiste al escribir un código en ellos. Para cambiar cómo inicias sesión se sigue pidiendo uno.
# $since and $until are dates with times.
trusted-since = Desde el { $since } hasta el { $until }
# A button.
trusted-forget = Volver a pedir un código

## Accounts in this browser

accounts-title = Cuentas en este navegador
accounts-lead = Puedes cambiar de una a otra sin volver a iniciar sesión. Si otras personas usan este dispositivo, cierra la sesión de todas antes de irte.
# The account that the reader uses now.
accounts-in-use = En uso
# $time is a date with a time, $method one of the texts named sessions-method.
accounts-signed-in = Sesión iniciada con { $method } el { $time }
# Instead of accounts-signed-in: the session has idled out.
accounts-over = Sesión cerrada porque no se ha usado durante un tiempo
# A button: go on with it.
accounts-use = Usar esta cuenta
# Instead of accounts-use, after accounts-over.
accounts-sign-in-again = Iniciar sesión de nuevo
accounts-add = Añadir otra cuenta
accounts-end-all = Cerrar la sesión de todas las cuentas de este navegador
# Instead of accounts-add. $count is how many accounts a browser may have.
accounts-full =
    { $count ->
        [one] En este navegador puede haber una sola cuenta con la sesión iniciada. Cierra la sesión para usar otra.
       *[other] En este navegador puede haber { $count } cuentas con la sesión iniciada a la vez. Cierra la sesión de una para añadir otra.
    }

## Apps

apps-title = Apps conectadas
apps-none = Ninguna app tiene acceso a tu cuenta.
apps-lead = Estas apps tienen acceso a tu cuenta.
apps-first-used = Primer uso: { $time }
apps-last-used = Último uso: { $time }
# Follows apps-first-used, behind a dot.
apps-then-last-used = último uso: { $time }
apps-ours = Se vuelve a conectar cuando la usas.
apps-theirs = Si la desconectas, te volverá a pedir permiso cuando la uses.
apps-disconnect = Desconectar

## Activity

# What happened, and the app that it is about.
activity-of-app = { $what }: { $app }
activity-title = Actividad
activity-lead =
    { $days ->
        [one] Lo que ha pasado en tu cuenta en el último día. Si no reconoces algo, cambia tu contraseña y comprueba dónde has iniciado sesión.
       *[other] Lo que ha pasado en tu cuenta en los últimos { $days } días. Si no reconoces algo, cambia tu contraseña y comprueba dónde has iniciado sesión.
    }
activity-none = Todavía no hay nada.
activity-none-older = No hay nada anterior.
# Follows a time, behind a dot. $address is a network address.
activity-from = desde { $address }
# Follows a time, behind a dot.
activity-by-operator = por quienes gestionan este servicio
# A link to older events.
activity-older = Anteriores
# Things that happened. Some are followed by a colon and the name of an app.
activity-signed-in = Inicio de sesión
activity-sign-in-failed = Contraseña incorrecta
activity-throttled = Demasiados intentos de iniciar sesión: hay que esperar
activity-password-accepted = Contraseña correcta
activity-password-failed = Contraseña incorrecta en la página para cambiarla
activity-sign-in-mail = Enlace o código de un correo usado para iniciar sesión
activity-passkey-accepted = Llave de acceso usada
activity-passkey-failed = Llave de acceso rechazada
activity-second-factor-app = Código de la app de autenticación usado
activity-second-factor-passkey = Llave de acceso usada como segundo factor
activity-second-factor-recovery = Código de recuperación usado
activity-second-factor-failed = Código incorrecto
activity-browser-trusted = Uno de tus navegadores no pide código durante un tiempo
activity-browser-forgotten = Uno de tus navegadores vuelve a pedir un código
activity-app-enrolled = App de autenticación configurada
activity-passkey-added = Llave de acceso añadida
activity-passkey-removed = Llave de acceso eliminada
activity-codes-replaced = Códigos de recuperación nuevos creados
activity-account-created = Cuenta creada
activity-account-set-up = Cuenta configurada
activity-account-recovered = Cuenta configurada de nuevo
activity-account-disabled = Cuenta desactivada
activity-account-enabled = Cuenta activada
activity-account-unlocked = Espera por contraseñas incorrectas anulada
activity-factors-reset = Segundos factores retirados
activity-profile-changed = Perfil modificado
activity-roles-changed = Roles modificados
activity-deletion-asked = Eliminación de la cuenta solicitada
activity-deletion-taken-back = Eliminación de la cuenta anulada
activity-password-changed = Contraseña cambiada
activity-password-reset = Contraseña nueva elegida por correo
activity-address-confirmed = Correo electrónico confirmado
activity-address-changed = Correo electrónico cambiado
activity-address-change-undone = Cambio de correo electrónico deshecho
activity-sessions-disowned = Todas las sesiones cerradas, desde el correo sobre un dispositivo nuevo
activity-mail-asked = Correo con un enlace solicitado
activity-mail-code-failed = Código del correo incorrecto
activity-session-ended = Sesión cerrada
activity-consent-given = Permiso concedido a una app
activity-consent-withdrawn = App desconectada
activity-app-signed-in = Inicio de sesión en una app
activity-token-revoked = Una app ha renunciado a su acceso
activity-used-twice = Algo de una app se usó dos veces y se anuló su acceso

## Data

data-title = Tus datos
data-lead = Todo lo que se guarda aquí sobre ti, en un archivo: tu perfil, cómo inicias sesión, tus sesiones, tus apps y lo que ha pasado en tu cuenta.
data-export = Descargar una copia

## Deletion

delete-title = Eliminar tu cuenta
delete-lead =
    { $days ->
        [one] Se cerrarán todas tus sesiones y se avisará a las apps que usas con esta cuenta. Pasado { $days } día, la cuenta se eliminará definitivamente, con todo lo que se guarda aquí sobre ti. Las apps pueden conservar lo que les hayas dado.
       *[other] Se cerrarán todas tus sesiones y se avisará a las apps que usas con esta cuenta. Pasados { $days } días, la cuenta se eliminará definitivamente, con todo lo que se guarda aquí sobre ti. Las apps pueden conservar lo que les hayas dado.
    }
delete-hint = Si inicias sesión antes, la cuenta se conserva.
delete-submit = Eliminar la cuenta
# Instead of delete-submit. "It" is the account.
delete-keep = Conservar la cuenta
delete-asked = Tu cuenta se va a eliminar
delete-asked-lead =
    { $days ->
        [one] Se han cerrado todas tus sesiones. Si inicias sesión antes de que pase { $days } día, conservarás tu cuenta.
       *[other] Se han cerrado todas tus sesiones. Si inicias sesión antes de que pasen { $days } días, conservarás tu cuenta.
    }

## Passkeys

passkeys-title = Tus llaves de acceso
passkeys-lead = Una llave de acceso te permite iniciar sesión con tu huella dactilar, tu cara o el bloqueo de tu dispositivo. No hay nada que recordar, ni nada que nos puedan robar.
passkeys-synced = Puede estar en varios dispositivos
passkeys-single = En un solo dispositivo
# This and the next two follow passkeys-synced or passkeys-single, behind a dot.
passkeys-added = añadida el { $time }
passkeys-last-used = último uso: { $time }
passkeys-unused = aún sin usar
passkeys-rename = Cambiar nombre
passkeys-none = Aún no tienes ninguna.
passkeys-add = Añadir una llave de acceso
# The name of a new passkey whose maker is not known.
passkeys-label = Llave de acceso
passkeys-no-script = Este navegador no puede crear una llave de acceso aquí. Tiene que permitir scripts, y el dispositivo necesita un bloqueo de pantalla o una llave de seguridad.
# Before sessions-end-others.
passkeys-somebody-else = ¿Ha entrado alguien más?
passkeys-expired = Has tardado demasiado, o la página ya se había usado. Inténtalo de nuevo.
passkeys-refused = No se ha podido añadir esta llave de acceso. Si este dispositivo ya tiene una para tu cuenta, no tienes que hacer nada.
passkeys-unlisted = Este autenticador no está permitido aquí. Usa una llave de seguridad o un dispositivo que hayan aprobado los responsables de este servicio.
passkeys-last = Esta es la última forma lo bastante segura de entrar en tu cuenta. Añade otra antes de eliminarla.
passkeys-name-length = El nombre debe tener entre 1 y { $max } caracteres.

## New recovery codes

new-codes-title = Crear códigos de recuperación nuevos
new-codes-heading = ¿Crear códigos de recuperación nuevos?
new-codes-loss =
    { $count ->
        [one] El código que te queda dejará de funcionar de inmediato, aunque lo hayas impreso o guardado.
       *[other] Los { $count } códigos que te quedan dejarán de funcionar de inmediato, aunque los hayas impreso o guardado.
    }
new-codes-none-left = No te queda ninguno. Los nuevos solo se muestran una vez.
new-codes-make = Crear códigos nuevos
# Instead of new-codes-make.
new-codes-keep = Conservar los actuales
# Instead of new-codes-make, when there are no old ones.
new-codes-not-now = Ahora no
