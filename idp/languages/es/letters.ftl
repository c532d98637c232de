## Parts of every mail

letter-when = Fecha
letter-device = Dispositivo
# the network address from which something was done
letter-address = Dirección IP
# a line of the mail's text: what it is (When, Device, Address), and its value
letter-fact = { $name }: { $value }
# what a link is for; the link stands in the next line
letter-button = { $label }:
letter-code = O escribe este código en la página donde empezaste:
letter-once =
    { $minutes ->
        [one] El enlace y el código funcionan una sola vez, durante { $minutes } minuto.
       *[other] El enlace y el código funcionan una sola vez, durante { $minutes } minutos.
    }
letter-ignore = Si no has sido tú, no tienes que hacer nada: sin este correo nadie puede seguir adelante.
letter-not-you = Si no has sido tú, no tienes que hacer nada.
letter-was-you = Si has sido tú, no tienes que hacer nada.

## A new password

letter-reset-text = Alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela aquí.
letter-no-account = No hay ninguna cuenta con esta dirección
letter-no-account-text = Alguien ha pedido una contraseña nueva para una cuenta con esta dirección, pero no existe ninguna.
letter-no-account-hint = Si has sido tú, quizá usaste otra dirección aquí.
letter-disabled = Tu cuenta está desactivada
letter-disabled-text = Alguien ha pedido una contraseña nueva para tu cuenta. Está desactivada, así que una contraseña nueva no serviría de nada.
letter-disabled-hint = Pide ayuda donde te dieron la cuenta.
letter-not-set-up = Tu cuenta todavía no está configurada
letter-not-set-up-text = Alguien ha pedido una contraseña nueva para tu cuenta. Todavía no tiene un segundo factor, así que una contraseña por sí sola no serviría de nada.
letter-not-set-up-hint = Configúrala con el enlace de tu invitación. Si no tienes ninguna, pide a alguien del personal que te envíe una.

## A sign-in by mail

letter-sign-in = Tu enlace para iniciar sesión
letter-sign-in-text = Alguien quiere iniciar sesión en tu cuenta sin contraseña. Si eres tú, hazlo aquí. No le des el código a nadie.
letter-sign-in-no-account-text = Alguien ha intentado iniciar sesión con esta dirección, pero no hay ninguna cuenta con ella.
letter-sign-in-disabled-text = Alguien ha intentado iniciar sesión en tu cuenta. Está desactivada.
letter-unconfirmed = Elige una contraseña nueva para iniciar sesión
letter-unconfirmed-text = Alguien ha intentado iniciar sesión en tu cuenta por correo. Para eso hace falta una dirección confirmada, y esta no se ha confirmado nunca.
letter-unconfirmed-hint = Si has sido tú, elige una contraseña nueva: quizá otra persona creó la cuenta y conoce su contraseña. Así se confirma la dirección y se cierran todas las sesiones de la cuenta.

## A new account, or a new address

letter-register = Confirma tu correo electrónico
letter-register-text = Un paso más y tu cuenta estará lista: confirma que esta dirección es tuya.
letter-register-button = Confirmar la dirección
letter-here = El enlace funciona en el navegador donde empezaste. Si lo abres en otro, vuelve al primero y escribe allí el código.
letter-has-account = Ya tienes una cuenta
letter-has-account-text = Alguien ha intentado crear una cuenta con esta dirección, pero ya existe una. Si has sido tú, inicia sesión.
letter-has-account-forgot = Si no recuerdas la contraseña, elige una nueva:
letter-confirm-text = Confirma que esta dirección es tuya.
letter-change = Confirma tu correo electrónico nuevo
letter-change-text = Confirma que esta dirección es tuya. A partir de entonces, iniciarás sesión con ella.
letter-address-in-use = Esta dirección ya tiene una cuenta
letter-address-in-use-text = Alguien ha intentado cambiar la dirección de otra cuenta por esta, pero esta ya tiene una cuenta. No se ha cambiado nada.
letter-address-changed = Se ha cambiado tu correo electrónico
letter-address-changed-text = Ahora tu cuenta tiene otra dirección: { $address }. Inicia sesión con ella.
letter-address-changed-button = Recuperar la dirección
letter-address-changed-not-you = Si no has sido tú, recupera la dirección: se cerrarán todas las sesiones, la contraseña dejará de funcionar y elegirás una nueva. El enlace funciona durante siete días.
letter-address-taken-back = Tu cuenta tiene otra dirección
letter-address-taken-back-text = Se ha restablecido la dirección que tu cuenta tenía antes de esta.
letter-address-taken-back-hint = Si no lo esperabas, pide ayuda donde te dieron la cuenta.

## A new sign-in

letter-new-device = Nuevo inicio de sesión
# $device is like "Firefox on Linux"
letter-new-device-on = Nuevo inicio de sesión: { $device }
letter-new-device-text = Alguien acaba de iniciar sesión en tu cuenta desde un dispositivo en el que nunca se había usado.
letter-new-device-button = No he sido yo
letter-new-device-not-you = Si no has sido tú, pulsa el botón «No he sido yo»: se cerrarán todas las sesiones, la contraseña dejará de funcionar y elegirás una nueva. El enlace funciona durante siete días.

## Notices of what happened to an account

notice-button = Ver tu cuenta
notice-not-you = Si no has sido tú, elige una contraseña nueva de inmediato:
notice-password-set = Tu cuenta ya tiene contraseña
notice-password-set-text = Antes tu cuenta no tenía contraseña. Ahora tiene una.
notice-password-changed = Se ha cambiado tu contraseña
notice-password-changed-text = Tu cuenta tiene una contraseña nueva. La anterior ya no funciona.
notice-app-set = Se ha configurado una app de autenticación
notice-app-set-text = Tu cuenta pide los códigos de una app de autenticación nueva. Si tenías otra app antes, sus códigos ya no funcionan.
notice-passkey-added = Se ha añadido una llave de acceso
notice-passkey-added-text = Tu cuenta tiene una llave de acceso nueva. Quien tenga su dispositivo puede iniciar sesión con ella.
notice-passkey-removed = Se ha eliminado una llave de acceso
notice-passkey-removed-text = Una de las llaves de acceso de tu cuenta ya no funciona.
notice-new-codes = Códigos de recuperación nuevos
notice-new-codes-text = Tu cuenta tiene códigos de recuperación nuevos. Los anteriores ya no funcionan.
notice-code-used = Se ha usado un código de recuperación
notice-code-used-text = Alguien ha iniciado sesión en tu cuenta con uno de sus códigos de recuperación.
notice-factors-taken = Hay que volver a configurar tu cuenta
notice-factors-taken-text = Se han retirado la contraseña y el segundo factor de tu cuenta, y se han cerrado todas las sesiones. Recibirás un enlace para volver a configurarlos.
notice-deletion-asked = Tu cuenta se va a eliminar
notice-deletion-asked-text =
    { $days ->
        [one] Se eliminará definitivamente dentro de { $days } día, y se han cerrado todas las sesiones. Si inicias sesión antes, la cuenta se conserva.
       *[other] Se eliminará definitivamente dentro de { $days } días, y se han cerrado todas las sesiones. Si inicias sesión antes, la cuenta se conserva.
    }
notice-deletion-taken-back = Tu cuenta se conserva
notice-deletion-taken-back-text = Tu cuenta se iba a eliminar. Alguien ha iniciado sesión en ella, así que se conserva.
notice-set-up-again = Se ha vuelto a configurar tu cuenta
notice-set-up-again-text = Tu cuenta tiene una contraseña nueva y un segundo factor nuevo. Los anteriores ya no funcionan.
