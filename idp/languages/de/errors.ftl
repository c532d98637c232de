## The frame of an error page

error-for-developers = Für das Entwicklungsteam der App
error-received = Empfangene redirect_uri
error-registered = Registriert
error-none = Keine
error-for-support = Für den Support
error-app = App:
error-request = Anfrage:

## Headings

error-one-moment = Einen Moment bitte
error-internal = Etwas ist schiefgegangen
error-too-many-attempts = Zu viele Versuche
error-cookies = Cookies sind blockiert
error-stale-form = Bitte versuchen Sie es noch einmal
error-no-page = Diese Seite gibt es nicht
error-not-a-page = Das ist keine Seite
error-lost = Diese Anmeldung gibt es nicht mehr
error-sign-in-again = Bitte melden Sie sich noch einmal an
error-setup-link = Dieser Einrichtungslink funktioniert nicht mehr
error-did-not-work = Das hat nicht geklappt
error-sign-in-link = Dieser Anmeldelink funktioniert nicht
error-too-slow = Das hat zu lange gedauert
error-too-large = Das ist zu viel

## Sentences

error-internal-text = Bei uns ist etwas schiefgegangen. Es liegt nicht an Ihnen.
error-busy-text = Gerade melden sich viele Menschen an. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-repeated-text = Dieses Formular wurde zweimal gleichzeitig gesendet. Warten Sie einen Moment und sehen Sie dann nach, was daraus geworden ist.
error-too-many-text = Aus Ihrem Netz kommen mehr Anfragen, als wir beantworten können. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-unavailable-text = Dieser Dienst kann im Moment nichts speichern. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-later-text = Das geht im Moment nicht, und es wurde nichts geändert. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-lost-text = Die Anmeldung war zu lange offen, wurde in einem anderen Browser begonnen, oder dieser Browser hat inzwischen seine Cookies gelöscht. Gehen Sie zurück zur App und beginnen Sie von vorn.
error-cookies-text = Dieser Browser speichert das Cookie nicht, an dem wir Ihre Anmeldung von denen anderer Menschen unterscheiden. Erlauben Sie Cookies für diese Website und beginnen Sie dann noch einmal in der App, aus der Sie gekommen sind.
error-stale-form-text = Diese Seite war nicht mehr aktuell, deshalb wurde nichts geändert. Vielleicht haben Sie sich in einem anderen Tab an- oder abgemeldet.
error-no-page-text = Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.
error-not-a-page-text = Diese Adresse nimmt nur an, was eine App oder ein Button auf einer unserer Seiten sendet. Beginnen Sie auf der Startseite.
error-sign-in-again-text = Sie wurden inzwischen abgemeldet, vielleicht in einem anderen Tab. Es wurde nichts geändert.
error-setup-link-text = Ein Einrichtungslink funktioniert einmal und nur für begrenzte Zeit. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.
error-incomplete-text = Hier ist nicht alles angekommen, deshalb wurde nichts geändert. Gehen Sie zurück zur App und beginnen Sie von vorn.
error-bad-form-text = Hier ist nicht alles angekommen, deshalb wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-too-slow-text = Ihre Eingaben sind nicht rechtzeitig angekommen. Prüfen Sie Ihre Verbindung, gehen Sie zurück und versuchen Sie es noch einmal.
error-too-large-text = Ihre Eingaben sind zu lang. Gehen Sie zurück, kürzen Sie sie und versuchen Sie es noch einmal.
error-unknown-app-text = Die App, die Sie hierher geschickt hat, ist bei { $product } nicht bekannt. Gehen Sie zurück zur App und beginnen Sie von vorn. Wenn das nicht hilft, informieren Sie den Betreiber der App.
error-unregistered-text = { $app } möchte Sie an eine Adresse zurückschicken, die für diese App nicht registriert ist. Zu Ihrem Schutz geht es hier nicht weiter. Informieren Sie den Betreiber der App.
error-unanswerable-text = { $app } hat etwas angefragt, das wir nicht beantworten können. Gehen Sie zurück zur App und beginnen Sie von vorn. Wenn das nicht hilft, informieren Sie den Betreiber der App.

## Who has to wait

wait-a-minute = Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
wait-minutes =
    { $minutes ->
        [one] Zu viele Versuche. Versuchen Sie es in einer Minute noch einmal.
       *[other] Zu viele Versuche. Versuchen Sie es in { $minutes } Minuten noch einmal.
    }
wait-hours =
    { $hours ->
        [one] Zu viele Versuche. Versuchen Sie es in einer Stunde noch einmal.
       *[other] Zu viele Versuche. Versuchen Sie es in { $hours } Stunden noch einmal.
    }
wait-locked = Zu viele Versuche. Die Anmeldung ist vorerst gesperrt: Bitten Sie um Hilfe, um wieder Zugang zu bekommen.
