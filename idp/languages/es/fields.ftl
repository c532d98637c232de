## What an account has: labels and hints

claim-name = Tu nombre
claim-given-name = Nombre
claim-middle-name = Segundo nombre
claim-family-name = Apellidos
claim-nickname = Apodo
claim-username = Nombre de usuario
claim-username-hint = Letras minúsculas, cifras, puntos, guiones y guiones bajos. Las apps lo muestran.
claim-birthdate = Fecha de nacimiento
claim-birthdate-hint = Año, mes y día, como 1985-12-31.
claim-gender = Género
claim-phone = Número de teléfono
claim-phone-hint = Con el prefijo del país, como +44 20 7123 4567.
claim-address = Dirección postal
claim-address-hint = Tal como se escribe en una carta.
claim-locale = Idioma
claim-locale-hint = Por ejemplo, en-GB o de.
claim-zone = Zona horaria
claim-zone-hint = Por ejemplo, Europe/London.
claim-website = Sitio web
claim-profile = Página sobre ti
claim-picture = Dirección web de una foto tuya
claim-url-hint = Empieza por https://.
# Behind the label of a field that may be left empty.
claim-optional = { $label } (opcional)

## What has to change in a field. { $claim } is its label.

field-empty = El campo «{ $claim }» no puede estar vacío.
field-line = El campo «{ $claim }» debe ser una sola línea de 100 caracteres como máximo.
field-url = El campo «{ $claim }» debe ser una dirección https de 1000 bytes como máximo.
field-date = El campo «{ $claim }» debe ser una fecha como 1985-12-10, 0000-12-10 o 1985.
field-zone = El campo «{ $claim }» debe ser una zona horaria como Europe/London.
field-locale = El campo «{ $claim }» debe ser una etiqueta de idioma como en-GB.
field-phone = El campo «{ $claim }» debe ser un número de teléfono como +442071234567.
field-address = El campo «{ $claim }» debe ser un texto de 200 caracteres como máximo.
field-not-own = El campo «{ $claim }» no puedes rellenarlo tú.
field-hidden = El campo «{ $claim }» contenía caracteres invisibles. Los hemos quitado: revísalo y continúa.
name-hidden = Este nombre contenía caracteres invisibles. Los hemos quitado: revísalo y continúa.
name-too-long = Usa un nombre de 100 caracteres como máximo.
email-invalid = Escribe una dirección de correo como name@example.com.
email-same = Esta es la dirección que ya tienes.
email-taken = No hemos podido crear una cuenta con esta dirección. Si es tuya, inicia sesión.
username-taken = Este nombre de usuario ya está en uso. Elige otro.
username-invalid = Usa letras minúsculas, cifras, puntos, guiones y guiones bajos en el nombre de usuario, 64 como máximo. Debe empezar por una letra o una cifra.

## New passwords

password-empty = Escribe una contraseña.
password-too-short = Usa al menos { $least } caracteres.
password-too-long = Usa { $most } caracteres como máximo.
password-hidden = Esta contraseña contiene un carácter invisible. Escríbela en lugar de pegarla.
# { $why } is one of the sentences below.
password-too-common = Esta contraseña es demasiado fácil de adivinar. { $why }
password-of-person = Esta contraseña es prácticamente tu nombre o tu correo electrónico. Elige una que nadie pueda relacionar contigo.
password-of-product = Esta contraseña es prácticamente el nombre de este servicio. Elige una que no tenga nada que ver con él.
password-why-keyboard = Sigue teclas contiguas del teclado.
password-why-repeats = Repite los mismos caracteres.
password-why-sequence = Sigue el orden de los números o del alfabeto.
password-why-date = Es prácticamente una fecha.
password-why-name = Es prácticamente un nombre frecuente.
password-why-word = Es una sola palabra.
password-why-common = Está en las listas de contraseñas habituales, o se parece mucho a una de ellas.
# While a password is typed that is accepted.
password-fair = Esta contraseña sirve. Con una palabra más será más segura.
password-strong = Una contraseña segura.
