## What people read about a status

not-allowed-text = Mit Ihrem Konto ist das nicht erlaubt. Es wurde nichts geändert.
no-page = Diese Seite gibt es nicht
no-page-text = Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.
not-a-page = Dies ist keine Seite
not-a-page-text = Diese Adresse nimmt nur an, was ein Button auf einer unserer Seiten sendet. Beginnen Sie auf der Startseite.
too-slow = Das hat zu lange gedauert
too-slow-text = Ihre Eingaben sind nicht rechtzeitig angekommen. Prüfen Sie Ihre Verbindung, gehen Sie zurück und versuchen Sie es noch einmal.
changed-meanwhile = Inzwischen hat sich etwas geändert
changed-meanwhile-text = Bei Ihnen wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie, was Sie tun wollten.
too-large = Das ist zu viel
too-large-text = Ihre Eingaben sind zu lang. Gehen Sie zurück, kürzen Sie sie und versuchen Sie es noch einmal.
too-many-text = Sie sind schneller, als wir folgen können. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
did-not-work = Das hat nicht geklappt
incomplete-text = Hier ist nicht alles angekommen, deshalb wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
later-text = Das geht im Moment nicht, und es wurde nichts geändert. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
internal = Etwas ist schiefgegangen
internal-text = Bei uns ist etwas schiefgegangen. Es liegt nicht an Ihnen. Wenn es wieder passiert, nennen Sie uns die Anfrage, die unten steht.
