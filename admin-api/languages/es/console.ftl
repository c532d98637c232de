## Around every page

console = Consola del personal
console-label = Consola
overview = Resumen
content = Contenido
orders = Pedidos
for-staff-only = Solo para el personal. Solicitud
# Before the title of a page on which something has to be changed.
title-error = Error:
show = Mostrar
any = Todos
state = Estado
why = ¿Por qué?
nothing-changed-yet = Aún no se ha cambiado nada

## The invitation to sign in

landing-text = Contenido y pedidos de la tienda. Necesitas una cuenta del personal y tu app de autenticación; las cuentas de clientes no funcionan aquí.
looking-for-shop = ¿Buscas la tienda?
go-to-storefront = Ir a la tienda
# What happened, and a sentence about it.
notice = { $heading }. { $sentence }

## After signing in again for a dangerous action

step-up-done = Has vuelto a iniciar sesión. Todavía no se ha cambiado nada, y no se ha perdido nada de lo que escribiste.
# After a sign-in that failed; the reason stands before it.
step-up-again = No se ha cambiado nada, y no se ha perdido nada de lo que escribiste. Puedes intentarlo de nuevo.
# A button.
step-up-look = Ver antes el texto
step-up-no-form = Aquí no espera ningún formulario
step-up-no-form-text = No se ha cambiado nada. Un formulario espera quince minutos, y solo a la persona que lo rellenó: si has iniciado sesión con otra cuenta, inicia sesión de nuevo con la primera y vuelve a esta página.

## Error pages

go-to-overview = Ir al resumen
not-from-here = Desde aquí no
not-from-here-text = La parte del personal solo se puede usar desde las redes que han indicado quienes la gestionan. ¿Estás en la red correcta o tienes la VPN desactivada?
unknown-address = Esta página no se puede mostrar así
unknown-address-text = Algo de su dirección no se conoce aquí. Empieza por el resumen y elige de nuevo.

## The overview

open-content = Abrir el contenido
open-orders = Abrir los pedidos
# Below the number of pages.
content-figures =
    { $total ->
        [one] página, { $rest }
       *[other] páginas, { $rest }
    }
nothing-waits = nada espera a publicarse
drafts-wait =
    { $drafts ->
        [one] { $drafts } sin publicar
       *[other] { $drafts } sin publicar
    }
changes-wait = { $changed } con cambios por publicar
both-wait = { $one }, { $other }
# Below the number of orders to work on.
order-figures =
    { $open ->
        [one] pedido por atender, { $total } en total
       *[other] pedidos por atender, { $total } en total
    }
who-you-are = Quién eres
name = Nombre
email-address = Correo electrónico
team = Equipo
roles = Roles
permissions = Permisos
no-roles = ninguno
no-permissions = ninguno
signed-in-with = Sesión iniciada con
with-both = contraseña y app de autenticación
with-password = contraseña
with-app = app de autenticación
with-two-factors = dos factores
account-page = Contraseña, app de autenticación y códigos de recuperación

## People

you = tú
a-colleague = alguien del personal cuyo nombre aún no se conoce aquí
the-demo-data = los datos de demostración
a-customer = un cliente cuyo nombre aún no se conoce aquí
the-customer = el cliente
# When something happened, and who did it.
when-who = { $when }, { $who }
when-by = { $when } ({ $who })

## The reason of a change

reason-hidden = Quita los saltos de línea y los caracteres que no se ven.
reason-missing = Di en pocas palabras por qué.
reason-too-long = Dilo en { $most } caracteres como máximo.

## After signing out

signed-out-tab = Sesión cerrada
signed-out = Has cerrado la sesión
signed-out-text = Si el ordenador es compartido, cierra también el navegador.
