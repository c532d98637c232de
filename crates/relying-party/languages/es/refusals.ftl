## Who may do this

please-sign-in = Inicia sesión
please-sign-in-text = Esta página es para quienes han iniciado sesión.
wrong-side =
    { $side ->
        [staff] Has iniciado sesión en la parte del personal
        [customer] Has iniciado sesión en la parte de clientes
       *[other] Has iniciado sesión en la parte «{ $side }»
    }
wrong-side-text = Tu sesión en { $url } no es válida aquí.
second-factor = Inicia sesión con tu segundo factor
second-factor-text = Para esto hace falta iniciar sesión con un código de tu app de autenticación.
sign-in-again = Vuelve a iniciar sesión
sign-in-again-text = Por tu seguridad, para esto hace falta haber iniciado sesión hace un momento.
not-allowed = No puedes hacer esto
missing-permission = Tu cuenta no tiene el permiso «{ $permission }». Pide a alguien que gestione las cuentas un rol que lo incluya.
missing-scope = Tu sesión no incluye esta parte. Cierra la sesión y vuelve a iniciarla. Si no funciona, avisa a quienes gestionan este servicio.

## Forms

stale-form = Inténtalo de nuevo
stale-form-text = Esta página había caducado, así que no se ha cambiado nada. Vuelve atrás, cárgala otra vez y repite lo que hiciste.
cookies-blocked = Las cookies están bloqueadas
cookies-blocked-text = Este navegador no ha enviado la cookie que te distingue de otras personas. Permite las cookies de este sitio, carga otra vez la página y repite lo que hiciste.

## Signing in

one-moment = Un momento
continue = Continuar
one-moment-please = Espera un momento
sign-in-unreachable = Ahora mismo no se puede contactar con el servicio de inicio de sesión. Espera un momento y vuelve a intentarlo.
sign-in-cancelled = Has cancelado el inicio de sesión. No ha cambiado nada.
sign-in-expired = Ese inicio de sesión ha tardado demasiado o ya se había usado. Vuelve a iniciar sesión.
sign-in-no-cookies = Las cookies están bloqueadas o este es otro navegador. Permite aquí las cookies y vuelve a iniciar sesión.
sign-in-failed = El inicio de sesión no ha funcionado. Inténtalo de nuevo. Si vuelve a ocurrir, avisa a quienes gestionan este servicio.
sign-in-unavailable = Ahora mismo no se puede contactar con el servicio de inicio de sesión. Inténtalo de nuevo dentro de un momento.
