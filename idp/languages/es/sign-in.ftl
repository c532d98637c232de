# Signing in, making an account, the second factor, consent, signing out, and the start page.

## Sign in

sign-in-passkey = Usar una llave de acceso
# Above the form, when somebody adds an account. $account is the e-mail address of another one.
sign-in-beside = La sesión de { $account } sigue iniciada.
sign-in-forgot = ¿Has olvidado tu contraseña?
sign-in-by-mail = Recibir por correo un enlace para iniciar sesión
# A link follows: Create an account.
sign-in-new = ¿Es tu primera vez aquí?
# The same whether the address or the password was wrong: it must not say which.
sign-in-wrong = El correo electrónico o la contraseña no son correctos.
sign-in-wrong-hidden = El correo electrónico o la contraseña no son correctos. La contraseña contiene un carácter invisible: quizá se coló al pegarla.
sign-in-passkey-expired = Has tardado demasiado. Inténtalo de nuevo.
sign-in-passkey-unknown = Aquí no se reconoce esta llave de acceso: se eliminó de su cuenta. Usa otra, o tu contraseña.
sign-in-passkey-refused = No se ha podido comprobar esta llave de acceso. Inténtalo de nuevo o usa tu contraseña.

## Create an account

register-passkey-hint = Sin contraseñas que recordar: inicias sesión con tu huella dactilar, tu cara o el bloqueo de este dispositivo.
register-passkey = Continuar con una llave de acceso
# Heading above the field of the password, below the button for a passkey.
register-or-password = O con una contraseña
# { $terms } is the link named terms-of-service.
register-terms = Al crear una cuenta, aceptas las { $terms }.
register-submit = Crear cuenta
# A link follows: Sign in.
register-have = ¿Ya tienes una cuenta?

## Second factor

second-factor-title-app = Escribe tu código
# The title of the page, and its button.
second-factor-title-passkey = Usar tu llave de acceso
# $account is the e-mail address.
second-factor-lead = Estás iniciando sesión como { $account }
second-factor-otp-hint = Seis cifras de tu app de autenticación.
second-factor-no-passkey = Este navegador no puede usar tu llave de acceso aquí.
# Follows second-factor-no-passkey.
second-factor-recovery-instead = En su lugar, puedes iniciar sesión con un código de recuperación.
# Follows second-factor-no-passkey.
second-factor-elsewhere = Inicia sesión en el dispositivo que la tiene.
# A link follows: Use a recovery code.
second-factor-no-app = ¿No tienes acceso a tu app?
# A link follows: Use a recovery code.
second-factor-lost-passkey = ¿No tienes acceso a tu llave de acceso?
second-factor-trust =
    { $days ->
        [one] No volver a preguntar en este navegador durante un día
       *[other] No volver a preguntar en este navegador durante { $days } días
    }
second-factor-trust-hint = Solo en un dispositivo tuyo.
second-factor-wrong-code = Este código no es correcto o ya se ha usado. Espera al siguiente e inténtalo de nuevo.
second-factor-wrong-passkey = Esa no es una de tus llaves de acceso, o has tardado demasiado. Inténtalo de nuevo.

## Recovery code instead of the second factor

# The title of the page, and the text of links to it.
recovery-title = Usar un código de recuperación
# $account is the e-mail address.
recovery-lead = Estás iniciando sesión como { $account }. Cada uno de los códigos que guardaste funciona una sola vez.
# The label of the field.
recovery-code = Código de recuperación
recovery-hint = 24 letras y cifras. Las mayúsculas, los espacios y los guiones dan igual.
recovery-other-way = Usar otro método
recovery-wrong = Este no es uno de tus códigos de recuperación sin usar.

## Setting up a second factor

enrol-title = Protege tu cuenta
enrol-title-app = Configura tu app de autenticación
# $account is the e-mail address.
enrol-lead = Elige qué más protegerá la cuenta { $account }, incluso si alguien descubre la contraseña.
# $account is the e-mail address.
enrol-lead-app = Genera los códigos que protegen la cuenta { $account } incluso si alguien descubre la contraseña.
enrol-title-passkey = Configurar una llave de acceso
# $account is the e-mail address.
enrol-lead-passkey = { $account } se protege con una llave de acceso: a diferencia de un código, no puede robarla una página que solo se parece a esta.
enrol-with-passkey = Con una llave de acceso
enrol-passkey-hint = Tu huella dactilar, tu cara o el bloqueo de este dispositivo, o bien una llave de seguridad. No hay que escribir ningún código.
enrol-passkey = Usar una llave de acceso
enrol-no-passkey = Este navegador no puede crear una llave de acceso aquí.
# Follows enrol-no-passkey.
enrol-passkey-elsewhere = Continúa en otro navegador o en un dispositivo con bloqueo de pantalla.
enrol-or-app = O con una app de autenticación
enrol-scan = Escanea este código con tu app
enrol-qr = Código QR para tu app de autenticación
enrol-type = ¿No puedes escanearlo? Escribe esta clave en la app
enrol-confirm-code = Confirma con el código que muestra la app
enrol-submit = Confirmar
enrol-not-now = Ahora no

## The offer of a passkey after a sign-in with a password

# The browser may make a passkey by itself meanwhile.
passkey-offer-moment = Un momento…
passkey-offer-title = Inicia sesión sin contraseña la próxima vez
passkey-offer-lead = Una llave de acceso la sustituye: tu huella, tu cara o el bloqueo de este dispositivo, o una llave de seguridad.

## A second factor is needed, and can't be set up here

enrol-refused-title = Hace falta un segundo factor
# $account is the e-mail address.
enrol-refused-staff = El personal inicia sesión con un segundo factor, y { $account } todavía no tiene ninguno.
enrol-refused-passkey-title = Hace falta una llave de acceso
# $account is the e-mail address.
enrol-refused-passkey = El personal inicia sesión con una llave de acceso, y { $account } todavía no tiene ninguna.
enrol-refused-staff-how = Para que no baste con robar una contraseña, solo se puede configurar con una invitación. Pídela a quien gestione las cuentas del personal.

## Save your recovery codes

recovery-codes-title = Guarda tus códigos de recuperación
# $now is recovery-codes-now, in bold.
recovery-codes-lead = Si pierdes el teléfono, cada uno de estos códigos te permite iniciar sesión una vez. Imprímelos o guárdalos en un gestor de contraseñas: { $now }.
# The end of recovery-codes-lead.
recovery-codes-now = solo se muestran ahora
recovery-codes-copy = Copiar códigos
# Stands on the button for a moment, after the codes were copied.
recovery-codes-copied = Copiados
recovery-codes-saved = Ya los he guardado

## One-time setup link

setup-title = Configura tu cuenta
# $role is the name of a role, which is not translated.
setup-lead = Tendrá el rol { $role }. Después de la contraseña configurarás un segundo factor: ten el teléfono a mano.
setup-title-again = Recupera el acceso a tu cuenta
setup-lead-again = Elige una contraseña nueva. Después configurarás un segundo factor: ten el teléfono a mano.
# $time is a date and a time of day.
setup-expires = Este enlace funciona una sola vez, hasta el { $time }.
setup-wrong-code = Este código no es correcto. Comprueba la hora de tu teléfono y prueba con el siguiente código.
setup-wrong-passkey = No se ha podido configurar esta llave de acceso, o has tardado demasiado. Inténtalo de nuevo.
setup-gone = Este enlace de configuración ya no funciona
setup-gone-how = Los enlaces de configuración funcionan una sola vez y durante un tiempo limitado. Pide uno nuevo a quien te lo envió.

## Choose an account

select-account-title = Elige una cuenta
# $account is an e-mail address.
select-account-continue = Continuar como { $account }

## Consent

# $app is the name of an app, or "this app".
consent-title = ¿Autorizar a { $app }?
# $app is the name of an app, or "this app"; $host is a host name, or consent-local-host; $account is an e-mail address.
consent-lead = { $app } ({ $host }) pide acceso a tu cuenta { $account }.
# Stands for $host in consent-lead, when the app is not on the web.
consent-local-host = una app de este dispositivo
# A list of permissions follows: scope-openid and the others.
consent-scopes = Podría ver o usar
# A button: yes.
consent-allow = Autorizar

## Permissions: what an app would be able to see or use, and a sentence about it

scope-openid = Quién eres
scope-openid-hint = Que eres tú, mediante un número que representa tu cuenta.
scope-profile = Tu perfil
scope-profile-hint = Tu nombre y lo demás que diga tu perfil.
scope-email = Tu correo electrónico
scope-address = Tu dirección postal
scope-phone = Tu número de teléfono
scope-groups = Tus grupos
scope-groups-hint = Los nombres de los roles que tienes aquí.
scope-roles = Tus roles
scope-roles-hint = Qué función tienes aquí y cuál es tu equipo.
scope-offline-access = Acceso cuando no estás
scope-offline-access-hint = La app sigue conectada hasta que cierres sesión.

## A sign-in that is over

completed-title = Esta página ha caducado
completed-lead = Ya has completado este inicio de sesión en otro sitio, o ha estado abierto demasiado tiempo. No se ha perdido nada.
# $app is the name of an app, or "this app".
completed-return = Volver a { $app }

## Sign out

# The title of the page, and its button.
sign-out-submit = Cerrar sesión
sign-out-title = ¿Cerrar sesión?
# $account is the e-mail address.
sign-out-account = Has iniciado sesión como { $account }.
sign-out-apps = Al cerrar sesión, también se cierran tus sesiones en las apps que has abierto desde aquí.
sign-out-stay = Mantener la sesión abierta

## Signed out

# In the title of the browser's tab.
signed-out-tab = Sesión cerrada
signed-out-title = Has cerrado sesión
signed-out-lead = Si otras personas usan este dispositivo, cierra también el navegador.
# A link follows: accounts-title.
signed-out-others = Aún hay otras cuentas con la sesión iniciada:

## Not signed in

# In the title of the browser's tab.
not-signed-in-tab = Sin sesión
not-signed-in-title = No has iniciado sesión aquí
not-signed-in-lead = En este navegador no hay ninguna sesión abierta, así que no se ha cerrado nada.
not-signed-in-elsewhere = Si aún tienes la sesión abierta en otro navegador, ciérrala allí.

## On the way back to an app

leaving-title = Un momento
leaving-lead = Estás volviendo a la app.

## Start page

home-title = Te damos la bienvenida
# $account is the e-mail address.
home-account = Has iniciado sesión como { $account }.
# $app is the name of an app.
home-to-app = Ir a { $app }
# $product is the name of the product or the company.
home-lead = Aquí se inicia sesión con las cuentas de { $product }. Lo habitual es que una app te traiga aquí y te lleve de vuelta.
# For developers. A link follows: What it needs to connect.
home-developers = ¿Desarrollas una app?
home-discovery = Lo que necesita para conectarse
