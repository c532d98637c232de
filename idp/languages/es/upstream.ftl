# Signing in at another provider, and connecting an account there.

# A button. $provider is the name of another provider, everywhere in this file.
upstream-continue = Continuar con { $provider }
leaving-to-upstream = Vas a { $provider } para iniciar sesión allí.

## What came to nothing

upstream-cancelled = No has iniciado sesión en { $provider }. Inténtalo de nuevo o inicia sesión de otra forma.
upstream-unreachable = { $provider } no responde ahora mismo. Inténtalo más tarde o inicia sesión de otra forma.
upstream-refused = El inicio de sesión en { $provider } no ha funcionado. Inténtalo de nuevo o inicia sesión de otra forma.
upstream-not-fresh = Tienes que iniciar sesión otra vez, y { $provider } no ha confirmado que acabas de hacerlo. Inténtalo de nuevo o inicia sesión de otra forma.
upstream-disabled = Esta cuenta está desactivada. Pide ayuda donde te la dieron.
upstream-elsewhere = Esta cuenta de { $provider } ya está vinculada con otra cuenta de aquí.
upstream-lost = Este navegador no espera ninguna respuesta de otro proveedor: el inicio de sesión se empezó en otro sitio o hace demasiado tiempo. Vuelve a la app y empieza de nuevo.

## Somebody who has no account here yet

connect-title = Por primera vez aquí con { $provider }
# $account is the e-mail address that the provider has told.
connect-lead = Allí has iniciado sesión como { $account }. Aún no está vinculado con ninguna cuenta de aquí.
connect-lead-no-address = Allí has iniciado sesión. Aún no hay aquí ninguna cuenta vinculada.
connect-have = Ya tienes una cuenta aquí
connect-have-how = Inicia sesión en ella una vez. A partir de entonces, { $provider } lleva a ella.
connect-new = Aún no tienes cuenta
connect-new-how = Tu cuenta se crea con lo que { $provider } ha dicho sobre ti.
connect-new-mail = Enviamos un correo a esta dirección para comprobar que es tuya.
connect-closed = Solo con { $provider } no se puede crear una cuenta aquí. Si no tienes ninguna, pídela donde encontraste este servicio.
# A button: neither of the two.
connect-not = Iniciar sesión de otra forma
# Above the form of the sign-in page.
sign-in-connects = Después, { $provider } quedará vinculado con tu cuenta.

## The page of connected sign-ins

connections-title = Inicios de sesión vinculados
connections-lead = Con estos proveedores puedes entrar en tu cuenta sin su contraseña.
# This and the next two stand side by side, behind a dot.
connections-since = vinculado el { $time }
connections-last-used = último uso: { $time }
connections-unused = aún sin usar
connections-gone = Aquí ya no se ofrece.
connections-disconnect = Desvincular
connections-none = Aún no tienes ninguno.
connections-add = Vincular { $provider }
connections-sign-out = Si cierras sesión aquí, allí sigue abierta.
connections-last = Esta es la última forma de entrar en tu cuenta. Pon una contraseña o añade una llave de acceso antes de desvincularla.

## On other pages of the account

account-connections-none = Ninguno
# A link: connect a first one.
account-add-connection = Vincular uno
# A link: see and change them.
account-manage-connections = Gestionar
# How somebody signed in: see sessions-signed-in.
sessions-method-upstream = otro proveedor
sessions-method-upstream-code = otro proveedor y código de un solo uso
sessions-method-upstream-passkey = otro proveedor y llave de acceso
activity-sign-in-upstream = Llegada desde otro proveedor para iniciar sesión
activity-upstream-connected = Inicio de sesión con otro proveedor vinculado
activity-upstream-disconnected = Inicio de sesión con otro proveedor desvinculado

## Notices

notice-upstream-connected = Se ha vinculado otra forma de iniciar sesión
notice-upstream-connected-text = Ahora se puede iniciar sesión en tu cuenta con { $provider }.
notice-upstream-disconnected = Se ha desvinculado una forma de iniciar sesión
notice-upstream-disconnected-text = Ya no se puede iniciar sesión en tu cuenta con { $provider }.
