## Words of several pages

continue = Continuar
cancel = Cancelar
cancel-to-app = Cancelar y volver a { $app }
sign-in = Iniciar sesión
sign-in-staff = Acceso del personal
your-account = Tu cuenta
change = Cambiar
see = Ver
email-address = Correo electrónico
password = Contraseña
new-password = Contraseña nueva
code = Código
one-time-code = Código de un solo uso
create-account = Crear una cuenta
use-another-account = Usar otra cuenta
to-start-page = Ir a la página de inicio
start-again = Empezar de nuevo
back = Volver
choose-new-password = Elige una contraseña nueva
recovery-codes = Códigos de recuperación
passkeys = Llaves de acceso
authenticator-app = App de autenticación
remove = Eliminar
name = Nombre
# Stands for the name of an app that is not known.
this-app = esta app

# Before the title of a page on which something has to be changed.
title-error = Error:
problem-heading = Hay un problema

## Around every page

# Beside the product's name, in a realm for the people who work there.
badge-staff = Personal interno
terms-of-service = Condiciones del servicio
privacy-policy = Política de privacidad
help = Ayuda
# { $app } is the name of an app.
continue-to-app = para continuar en { $app }

## A new password

password-hint = Al menos { $least } caracteres. Unas cuantas palabras sin relación entre sí son seguras y fáciles de recordar.
password-show = Mostrar
password-show-label = Mostrar la contraseña
password-hide = Ocultar
password-hide-label = Ocultar la contraseña

## Passkeys, told by the script of a page

passkey-failed = No ha funcionado. Puedes volver a intentarlo.
passkey-known = Este dispositivo ya tiene una llave de acceso para tu cuenta.

## The page on which people choose their language

language-title = Elige tu idioma
language-lead = A partir de ahora, estas páginas y los correos que te enviemos estarán en este idioma.
# The link to that page; { $language } is the name of the language in use.
language-link = Idioma: { $language }
