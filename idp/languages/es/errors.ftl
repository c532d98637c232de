## The frame of an error page

error-for-developers = Para quienes desarrollan la app
error-received = redirect_uri recibida
error-registered = Registradas
error-none = Ninguna
error-for-support = Para asistencia
error-app = App:
error-request = Solicitud:

## Headings

error-one-moment = Espera un momento
error-internal = Algo ha fallado
error-too-many-attempts = Demasiados intentos
error-cookies = Las cookies están bloqueadas
error-stale-form = Inténtalo de nuevo
error-no-page = Esta página no existe
error-not-a-page = Esto no es una página
error-lost = Este inicio de sesión ya no está aquí
error-sign-in-again = Vuelve a iniciar sesión
error-setup-link = Este enlace de configuración ya no funciona
error-did-not-work = No ha funcionado
error-sign-in-link = Este enlace de inicio de sesión no funciona
error-too-slow = Ha tardado demasiado
error-too-large = Es demasiado largo

## Sentences

error-internal-text = Algo ha fallado por nuestra parte. No es culpa tuya.
error-busy-text = Muchas personas están iniciando sesión en este momento. Espera un poco y vuelve a intentarlo.
error-repeated-text = Este formulario se ha enviado dos veces al mismo tiempo. Espera un momento y comprueba el resultado.
error-too-many-text = Desde donde estás nos llegan más solicitudes de las que podemos atender. Espera un momento y vuelve a intentarlo.
error-unavailable-text = Ahora mismo este servicio no puede guardar nada. Espera un momento y vuelve a intentarlo.
error-later-text = Ahora mismo no se puede hacer esto, y no se ha cambiado nada. Espera un momento y vuelve a intentarlo.
error-lost-text = Ha estado abierto demasiado tiempo, se empezó en otro navegador o este navegador ha borrado sus cookies desde entonces. Vuelve a la app y empieza de nuevo.
error-cookies-text = Este navegador no guarda la cookie que distingue tu inicio de sesión de los de otras personas. Permite las cookies de este sitio y empieza de nuevo en la app de la que vienes.
error-stale-form-text = Esta página había caducado, así que no se ha cambiado nada. Quizá iniciaste o cerraste sesión en otra pestaña.
error-no-page-text = Comprueba la dirección o empieza desde el principio.
error-not-a-page-text = Esta dirección solo acepta lo que envía una app o un botón de nuestras páginas. Empieza desde el principio.
error-sign-in-again-text = Mientras tanto se ha cerrado tu sesión, quizá en otra pestaña. No se ha cambiado nada.
error-setup-link-text = Los enlaces de configuración funcionan una sola vez y durante un tiempo limitado. Pide uno nuevo a quien te lo envió.
error-incomplete-text = Lo que ha llegado aquí no estaba completo, así que no se ha cambiado nada. Vuelve a la app y empieza de nuevo.
error-bad-form-text = Lo que ha llegado aquí no estaba completo, así que no se ha cambiado nada. Vuelve atrás, carga otra vez la página e inténtalo de nuevo.
error-too-slow-text = Lo que has enviado no ha llegado a tiempo. Comprueba tu conexión, vuelve atrás e inténtalo de nuevo.
error-too-large-text = Lo que has enviado es demasiado largo. Vuelve atrás, acórtalo e inténtalo de nuevo.
error-unknown-app-text = { $product } no conoce la app que te ha enviado aquí. Vuelve a ella y empieza de nuevo. Si no funciona, avisa a quienes gestionan la app.
error-unregistered-text = La dirección a la que { $app } quiere que vuelvas no está registrada. Para protegerte, nos detenemos aquí. Avisa a quienes gestionan la app.
error-unanswerable-text = No es posible responder a lo que ha pedido { $app }. Vuelve a la app y empieza de nuevo. Si no funciona, avisa a quienes la gestionan.

## Who has to wait

wait-a-minute = Demasiados intentos. Espera un minuto y vuelve a intentarlo.
wait-minutes =
    { $minutes ->
        [one] Demasiados intentos. Vuelve a intentarlo dentro de { $minutes } minuto.
       *[other] Demasiados intentos. Vuelve a intentarlo dentro de { $minutes } minutos.
    }
wait-hours =
    { $hours ->
        [one] Demasiados intentos. Vuelve a intentarlo dentro de { $hours } hora.
       *[other] Demasiados intentos. Vuelve a intentarlo dentro de { $hours } horas.
    }
wait-locked = Demasiados intentos. El inicio de sesión está bloqueado por ahora: pide ayuda para volver a entrar.
