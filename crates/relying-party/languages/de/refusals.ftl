## Who may do this

please-sign-in = Bitte melden Sie sich an
please-sign-in-text = Diese Seite sehen nur angemeldete Personen.
wrong-side =
    { $side ->
        [staff] Sie sind im Bereich für das Team angemeldet
        [customer] Sie sind im Bereich für Kundinnen und Kunden angemeldet
       *[other] Sie sind im Bereich „{ $side }“ angemeldet
    }
wrong-side-text = Ihre Anmeldung bei { $url } gilt hier nicht.
second-factor = Bitte melden Sie sich mit Ihrem zweiten Faktor an
second-factor-text = Dafür brauchen Sie eine Anmeldung mit einem Code aus Ihrer Authenticator-App.
sign-in-again = Bitte melden Sie sich noch einmal an
sign-in-again-text = Zu Ihrer Sicherheit geht das nur direkt nach einer Anmeldung.
not-allowed = Das dürfen Sie nicht
missing-permission = Ihrem Konto fehlt die Berechtigung „{ $permission }“. Bitten Sie jemanden, der Konten verwaltet, um eine Rolle mit dieser Berechtigung.
missing-scope = Ihre Anmeldung umfasst diesen Bereich nicht. Melden Sie sich ab und wieder an. Wenn das nicht hilft, informieren Sie den Betreiber dieses Dienstes.

## Forms

stale-form = Bitte versuchen Sie es noch einmal
stale-form-text = Diese Seite war nicht mehr aktuell, deshalb wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie den Schritt.
cookies-blocked = Cookies sind blockiert
cookies-blocked-text = Dieser Browser hat das Cookie nicht gesendet, an dem wir Sie von anderen Menschen unterscheiden. Erlauben Sie Cookies für diese Website, laden Sie die Seite neu und wiederholen Sie den Schritt.

## Signing in

one-moment = Einen Moment
continue = Weiter
one-moment-please = Einen Moment, bitte
sign-in-unreachable = Der Anmeldedienst ist im Moment nicht erreichbar. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
sign-in-cancelled = Sie haben die Anmeldung abgebrochen. Es hat sich nichts geändert.
sign-in-expired = Diese Anmeldung hat zu lange gedauert oder wurde schon verwendet. Bitte melden Sie sich noch einmal an.
sign-in-no-cookies = Cookies sind blockiert, oder dies ist ein anderer Browser. Erlauben Sie hier Cookies und melden Sie sich dann noch einmal an.
sign-in-failed = Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal. Wenn es wieder nicht klappt, informieren Sie den Betreiber dieses Dienstes.
sign-in-unavailable = Der Anmeldedienst ist im Moment nicht erreichbar. Bitte versuchen Sie es in Kürze noch einmal.
