## What people read about a status

not-allowed-text = Tu cuenta no permite hacer esto. No se ha cambiado nada.
no-page = Esta página no existe
no-page-text = Comprueba la dirección o empieza desde el principio.
not-a-page = Esto no es una página
not-a-page-text = Esta dirección solo acepta lo que envía un botón de nuestras páginas. Empieza desde el principio.
too-slow = Ha tardado demasiado
too-slow-text = Lo que has enviado no ha llegado a tiempo. Comprueba tu conexión, vuelve atrás e inténtalo de nuevo.
changed-meanwhile = Algo ha cambiado mientras tanto
changed-meanwhile-text = No se ha cambiado nada tuyo. Vuelve atrás, carga otra vez la página y repite lo que querías hacer.
too-large = Es demasiado largo
too-large-text = Lo que has enviado es demasiado largo. Vuelve atrás, acórtalo e inténtalo de nuevo.
too-many-text = Vas más rápido de lo que podemos seguir. Espera un momento y vuelve a intentarlo.
did-not-work = No ha funcionado
incomplete-text = Lo que ha llegado aquí no estaba completo, así que no se ha cambiado nada. Vuelve atrás, carga otra vez la página e inténtalo de nuevo.
later-text = Ahora mismo no se puede hacer esto, y no se ha cambiado nada. Espera un momento y vuelve a intentarlo.
internal = Algo ha fallado
internal-text = Algo ha fallado por nuestra parte. No es culpa tuya. Si vuelve a ocurrir, indícanos la solicitud de abajo.
