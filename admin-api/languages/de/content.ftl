## The list of pages

new-page = Neue Seite
search = Suche
sort = Reihenfolge
sort-updated = Zuletzt geänderte zuerst
sort-slug = Nach Adresse
no-pages = Hier sind keine Seiten
no-pages-found = Keine Seite passt zu Ihrer Suche.
show-all-pages = Alle Seiten anzeigen
no-pages-yet = Der Shop hat noch keine eigenen Seiten.
write-first-page = Erste Seite schreiben
pages-of-storefront = Seiten des Shops
title = Titel
address = Adresse
last-change = Letzte Änderung
next-pages = Weitere Seiten

## The state of a page

state-draft = Entwurf
state-published = Veröffentlicht
state-changed = Veröffentlicht, Entwurf geändert

## The form of a page

all-pages = Alle Seiten
edit-page = Seite bearbeiten
address-hint = Der letzte Teil von /pages/…: kleine Buchstaben, Ziffern und Bindestriche.
title-hint = Bis zu 150 Zeichen.
body = Text
body-hint = Eine Leerzeile beginnt einen neuen Absatz; eine Zeile, die mit # und einem Leerzeichen beginnt, ist eine Überschrift.
draft = Entwurf
your-version = Ihre Fassung
save-draft = Entwurf speichern
save-and-publish = Speichern und veröffentlichen
save-first = Speichern Sie zuerst den Entwurf.
preview-button = Vorschau
unpublish-button = Aus dem Shop nehmen…
not-published = Der Shop zeigt diese Seite nicht.
version = Fassung
published = Veröffentlicht
on-storefront = Im Shop
history = Verlauf
# { $what } is one of the events below.
event-version = { $what }, Fassung { $version }
event-created = Erstellt
event-saved = Entwurf gespeichert
event-saved-published = Gespeichert und veröffentlicht
event-published = Veröffentlicht
event-unpublished = Aus dem Shop genommen
preview = Vorschau des Textes im Formular

## What a change led to

done-created = Der Entwurf ist angelegt. Der Shop zeigt ihn erst, wenn Sie ihn veröffentlichen.
done-saved = Der Entwurf ist gespeichert.
done-published = Die Seite ist gespeichert und im Shop.
done-unpublished = Der Shop zeigt die Seite nicht mehr.
done-unpublished-unsaved = Der Shop zeigt die Seite nicht mehr. Ihr Text unten ist noch nicht gespeichert.

## A text that is not saved

not-saved-yet = Noch nicht gespeichert
sign-in-new-tab = Team-Anmeldung in einem neuen Tab
unsaved-signed-out = Sie sind nicht mehr angemeldet. Melden Sie sich in einem neuen Tab an, kommen Sie dann zu diesem zurück und speichern Sie.
unsaved-stale = Sie haben sich noch einmal angemeldet, nachdem Sie dieses Formular geöffnet haben. Sehen Sie es durch und speichern Sie erneut.
unsaved-hidden = Der Text enthielt Zeichen, die niemand sieht und die sich nicht speichern lassen. Im Formular unten sind sie entfernt: Sehen Sie es durch und speichern Sie erneut.

## A text that was changed meanwhile

own-conflict = Sie haben diese Seite in einem anderen Tab geändert
own-conflict-text = Das war am { $when }, nachdem Sie sie hier geöffnet haben. Aus diesem Tab wurde nichts gespeichert; sein Text steht noch im Formular unten.
own-conflict-choice = Vergleichen Sie die beiden. Wenn Sie jetzt speichern, ersetzt diese Fassung die andere.
own-conflict-drop = Diese verwerfen und mit der anderen weitermachen
other-version = Die Fassung des anderen Tabs ({ $version })
conflict = Jemand anderes hat diese Seite geändert
conflict-text = Geändert von: { $who }, am { $when }, nachdem Sie sie geöffnet haben. Von Ihnen wurde nichts gespeichert; Ihr Text steht noch im Formular unten.
conflict-choice = Vergleichen Sie die beiden. Wenn Sie jetzt speichern, ersetzt Ihre Fassung die andere.
conflict-drop = Ihre verwerfen und mit der anderen weitermachen
their-version = Die andere Fassung ({ $version })

## Taking a page off the storefront

unpublish-question = Diese Seite aus dem Shop nehmen?
unpublish-loss = Unter ihrer Adresse erscheint sofort „Diese Seite gibt es nicht“. Der Entwurf bleibt hier.
reason-hint-page = Für das Team, im Verlauf der Seite.
unpublish-yes = Aus dem Shop nehmen
unpublish-no = Behalten

## What a field lacks

slug-missing = Geben Sie eine Adresse für die Seite ein, zum Beispiel about-us.
slug-too-long = Kürzen Sie die Adresse auf 80 Zeichen.
slug-malformed = Verwenden Sie kleine Buchstaben von a bis z, Ziffern und einzelne Bindestriche dazwischen.
slug-taken = Eine andere Seite hat diese Adresse schon. Wählen Sie eine andere.
slug-in-use = Eine Seite im Shop behält ihre Adresse. Nehmen Sie sie aus dem Shop, um die Adresse zu ändern.
title-missing = Geben Sie einen Titel ein.
title-too-long = Kürzen Sie den Titel auf 150 Zeichen.
title-hidden = Entfernen Sie Zeilenumbrüche und unsichtbare Steuerzeichen aus dem Titel.
body-too-long = Kürzen Sie den Text: Etwa 3.000 Wörter passen hinein.
body-hidden = Entfernen Sie unsichtbare Steuerzeichen aus dem Text.
