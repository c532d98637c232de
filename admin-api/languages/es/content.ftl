## The list of pages

new-page = Página nueva
search = Buscar
sort = Orden
sort-updated = Últimos cambios primero
sort-slug = Por dirección
no-pages = Aquí no hay páginas
no-pages-found = Ninguna página coincide con lo que buscas.
show-all-pages = Mostrar todas las páginas
no-pages-yet = La tienda aún no tiene páginas propias.
write-first-page = Escribir la primera página
pages-of-storefront = Páginas de la tienda
title = Título
address = Dirección
last-change = Último cambio
next-pages = Páginas siguientes

## The state of a page

state-draft = Borrador
state-published = Publicada
state-changed = Publicada, borrador cambiado

## The form of a page

all-pages = Todas las páginas
edit-page = Editar la página
address-hint = La última parte de /pages/…: letras minúsculas, cifras y guiones.
title-hint = Hasta 150 caracteres.
body = Texto
body-hint = Una línea en blanco empieza un párrafo nuevo; una línea que empieza por # y un espacio es un encabezado.
draft = Borrador
your-version = Tu versión
save-draft = Guardar borrador
save-and-publish = Guardar y publicar
save-first = Guarda primero el borrador.
preview-button = Vista previa
unpublish-button = Quitar de la tienda…
not-published = La tienda no muestra esta página.
version = Versión
published = Publicada
on-storefront = En la tienda
history = Historial
# { $what } is one of the events below.
event-version = { $what }, versión { $version }
event-created = Creada
event-saved = Borrador guardado
event-saved-published = Guardada y publicada
event-published = Publicada
event-unpublished = Quitada de la tienda
preview = Vista previa del texto del formulario

## What a change led to

done-created = El borrador existe. La tienda no lo muestra hasta que lo publiques.
done-saved = El borrador está guardado.
done-published = La página está guardada y en la tienda.
done-unpublished = La tienda ya no muestra la página.
done-unpublished-unsaved = La tienda ya no muestra la página. Tu texto de abajo aún no está guardado.

## A text that is not saved

not-saved-yet = Aún no guardado
sign-in-new-tab = Acceso del personal en una pestaña nueva
unsaved-signed-out = Tu sesión se ha cerrado. Inicia sesión en una pestaña nueva, vuelve a esta y guarda.
unsaved-stale = Has vuelto a iniciar sesión después de abrir este formulario. Revísalo y guarda otra vez.
unsaved-hidden = El texto tenía caracteres que nadie ve y que no se pueden guardar. Ya no están en el formulario de abajo: revísalo y guarda otra vez.

## A text that was changed meanwhile

own-conflict = Has cambiado esta página en otra pestaña
own-conflict-text = Fue el { $when }, después de abrirla aquí. No se ha guardado nada de esta pestaña; su texto sigue en el formulario de abajo.
own-conflict-choice = Compara las dos. Si guardas ahora, esta versión sustituye a la otra.
own-conflict-drop = Descartar esta y seguir con la otra
other-version = La versión de la otra pestaña ({ $version })
conflict = Otra persona ha cambiado esta página
conflict-text = Cambiada por { $who } el { $when }, después de que la abrieras. No se ha guardado nada tuyo; tu texto sigue en el formulario de abajo.
conflict-choice = Compara las dos. Si guardas ahora, tu versión sustituye a la suya.
conflict-drop = Descartar la tuya y seguir con la suya
their-version = Su versión ({ $version })

## Taking a page off the storefront

unpublish-question = ¿Quitar esta página de la tienda?
unpublish-loss = Los clientes verán de inmediato «Esta página no existe» en su dirección. El borrador se queda aquí.
reason-hint-page = Para tus colegas, en el historial de la página.
unpublish-yes = Quitarla de la tienda
unpublish-no = Conservarla

## What a field lacks

slug-missing = Escribe una dirección para la página, por ejemplo about-us.
slug-too-long = Acorta la dirección a 80 caracteres.
slug-malformed = Usa letras minúsculas de la a a la z, cifras y guiones sueltos entre ellas.
slug-taken = Otra página ya tiene esta dirección. Elige una distinta.
slug-in-use = Una página que está en la tienda conserva su dirección. Quítala de la tienda para cambiar la dirección.
title-missing = Escribe un título.
title-too-long = Acorta el título a 150 caracteres.
title-hidden = Quita del título los saltos de línea y los caracteres de control invisibles.
body-too-long = Acorta el texto: caben unas 3000 palabras.
body-hidden = Quita del texto los caracteres de control invisibles.
