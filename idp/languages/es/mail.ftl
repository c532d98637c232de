## Look into your mailbox

mailed-heading = Revisa tu correo
mailed-lead = Hemos enviado un correo a { $address }. Abre el enlace que contiene o escribe aquí el código.
mailed-hint =
    { $minutes ->
        [one] Ocho cifras. Funciona durante { $minutes } minuto.
       *[other] Ocho cifras. Funciona durante { $minutes } minutos.
    }
mailed-nothing-there = ¿No te llega? Puede tardar un minuto, y quizá esté en la carpeta de spam.
mailed-again = Enviar otro correo
# $wait is one or more whole sentences, which say how long to wait
mailed-not-yet = Todavía no podemos enviar otro correo. { $wait }
mailed-wrong = Este código no es correcto. Busca el último correo que te hemos enviado y escribe su código.
mailed-over = Ya no funciona ningún código de este correo. Pide otro correo.
mailed-too-many = Se han escrito demasiados códigos incorrectos para esta dirección. El enlace del correo sigue funcionando.
mailed-another-account = Se está usando otra cuenta
mailed-another-account-text = Este correo es de una cuenta distinta de la que tienes abierta aquí. Inicia sesión con esa otra cuenta y vuelve a abrir el enlace.
mailed-taken = Esta dirección ya está en uso
mailed-taken-text = Ahora esta dirección es de otra cuenta, así que no se ha cambiado nada.
mailed-gone = Este enlace ya no funciona
mailed-gone-text = Los enlaces de nuestros correos funcionan una sola vez y durante un tiempo limitado, y cada correo nuevo sustituye al anterior. Vuelve a donde empezaste e inténtalo de nuevo.

## The page behind a mailed link

link-elsewhere = Escribe el código
link-elsewhere-text = Has abierto el enlace en un navegador distinto de aquel en el que empezaste. Vuelve allí y escribe el código que aparece en el correo.
link-sign-in-text = Vas a iniciar sesión en la cuenta que tiene esta dirección.
link-confirm = Confirma tu correo electrónico
link-confirm-text = Confirma que esta dirección es tuya.
link-confirm-button = Confirmar la dirección
link-change = Confirma tu correo electrónico nuevo
link-change-text = Confirma que esta dirección es tuya. A partir de entonces, iniciarás sesión con ella.
link-change-button = Usar esta dirección
link-undo = Recupera tu dirección de correo
link-undo-text = Tu cuenta volverá a tener esta dirección. Se cerrarán todas las sesiones de la cuenta y la contraseña dejará de funcionar. Después, elige una nueva.
link-undo-button = Recuperar la dirección
# heading and button
link-disown = Cerrar todas las sesiones
link-disown-text = Se cerrarán todas las sesiones de tu cuenta, en todos los dispositivos, y la contraseña dejará de funcionar. Después, elige una nueva.

## Everybody is signed out

signed-out-everywhere-heading = Se han cerrado todas las sesiones
signed-out-everywhere-text = Ya no queda ninguna sesión abierta en tu cuenta. Elige una contraseña nueva. Después, comprueba en la página de tu cuenta que reconoces todas las llaves de acceso y la app de autenticación.

## The passkey of a new account

first-passkey-heading = Crea tu llave de acceso
first-passkey-lead = Te permite iniciar sesión como { $address } con tu huella dactilar, tu cara o el bloqueo de este dispositivo.
first-passkey-make = Crear la llave de acceso
first-passkey-impossible = Este navegador no puede crear una llave de acceso aquí.
first-passkey-use-password = Usar una contraseña
first-passkey-failed = No se ha podido crear esta llave de acceso, o has tardado demasiado. Inténtalo de nuevo o usa una contraseña.

## Forgotten password

forgot-heading = Contraseña olvidada
forgot-lead = Te enviaremos un correo con un enlace para elegir una contraseña nueva.
forgot-submit = Enviar correo
forgot-back = Volver al inicio de sesión
forgot-unavailable = Aquí no se envían correos
forgot-unavailable-text = Aquí no se puede obtener una contraseña nueva por correo. Pide ayuda donde te dieron la cuenta.

## Sign in by mail

by-mail-heading = Iniciar sesión por correo
by-mail-lead = Te enviaremos un correo con un enlace y un código. Con cualquiera de los dos inicias sesión sin contraseña.
by-mail-submit = Enviar correo
by-mail-back = Usar la contraseña

## Choose a new password

reset-lead = Al guardarla, se cerrarán todas las sesiones de tu cuenta.
reset-submit = Guardar contraseña
reset-done = Has cambiado tu contraseña
reset-done-text = Inicia sesión con la nueva.
