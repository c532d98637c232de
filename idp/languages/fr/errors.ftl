## The frame of an error page

error-for-developers = Pour les développeurs de l’application
error-received = redirect_uri reçue
error-registered = Enregistrées
error-none = Aucune
error-for-support = Pour l’assistance
error-app = Application :
error-request = Requête :

## Headings

error-one-moment = Un instant, s’il vous plaît
error-internal = Une erreur est survenue
error-too-many-attempts = Trop de tentatives
error-cookies = Les cookies sont bloqués
error-stale-form = Veuillez réessayer
error-no-page = Cette page n’existe pas
error-not-a-page = Ceci n’est pas une page
error-lost = Cette connexion n’est plus disponible
error-sign-in-again = Veuillez vous reconnecter
error-setup-link = Ce lien de configuration ne fonctionne plus
error-did-not-work = Cela n’a pas fonctionné
error-sign-in-link = Ce lien de connexion ne fonctionne pas
error-too-slow = Cela a pris trop de temps
error-too-large = C’est trop long

## Sentences

error-internal-text = Une erreur est survenue de notre côté. Vous n’y êtes pour rien.
error-busy-text = Beaucoup de personnes se connectent en ce moment. Patientez un instant, puis réessayez.
error-repeated-text = Ce formulaire a été envoyé deux fois en même temps. Patientez un instant, puis regardez le résultat.
error-too-many-text = Il arrive plus de demandes depuis votre réseau que nous ne pouvons en traiter. Patientez un instant, puis réessayez.
error-unavailable-text = Ce service ne peut rien enregistrer pour le moment. Patientez un instant, puis réessayez.
error-later-text = C’est impossible pour le moment, et rien n’a été modifié. Patientez un instant, puis réessayez.
error-lost-text = Elle est restée ouverte trop longtemps, elle a commencé dans un autre navigateur, ou ce navigateur a depuis effacé ses cookies. Retournez à l’application et recommencez.
error-cookies-text = Ce navigateur ne conserve pas le cookie qui distingue votre connexion de celle des autres. Autorisez les cookies pour ce site, puis recommencez depuis l’application d’où vous venez.
error-stale-form-text = Cette page n’était plus à jour : rien n’a été modifié. Vous avez peut-être ouvert ou fermé une session dans un autre onglet.
error-no-page-text = Vérifiez l’adresse, ou repartez du début.
error-not-a-page-text = Cette adresse n’accepte que ce qu’envoie une application ou un bouton de l’une de nos pages. Repartez du début.
error-sign-in-again-text = Votre session a été fermée entre-temps, peut-être dans un autre onglet. Rien n’a été modifié.
error-setup-link-text = Un lien de configuration fonctionne une seule fois, pendant une durée limitée. Demandez-en un nouveau à la personne qui vous l’a envoyé.
error-incomplete-text = Ce qui est arrivé ici était incomplet : rien n’a été modifié. Retournez à l’application et recommencez.
error-bad-form-text = Ce qui est arrivé ici était incomplet : rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.
error-too-slow-text = Ce que vous avez envoyé n’est pas arrivé à temps. Vérifiez votre connexion Internet, revenez en arrière et réessayez.
error-too-large-text = Ce que vous avez envoyé est trop long. Revenez en arrière, raccourcissez-le et réessayez.
error-unknown-app-text = { $product } ne connaît pas l’application d’où vous venez. Retournez-y et recommencez. Si cela ne change rien, prévenez les responsables de l’application.
error-unregistered-text = { $app } veut vous faire revenir à une adresse qui n’est pas enregistrée pour cette application. Pour vous protéger, nous nous arrêtons ici. Prévenez les responsables de l’application.
error-unanswerable-text = { $app } a demandé quelque chose qui ne peut pas recevoir de réponse. Retournez à l’application et recommencez. Si cela ne change rien, prévenez ses responsables.

## Who has to wait

wait-a-minute = Trop de tentatives. Patientez une minute, puis réessayez.
wait-minutes =
    { $minutes ->
        [one] Trop de tentatives. Réessayez dans { $minutes } minute.
       *[other] Trop de tentatives. Réessayez dans { $minutes } minutes.
    }
wait-hours =
    { $hours ->
        [one] Trop de tentatives. Réessayez dans { $hours } heure.
       *[other] Trop de tentatives. Réessayez dans { $hours } heures.
    }
wait-locked = Trop de tentatives. La connexion est bloquée pour le moment : demandez de l’aide pour retrouver l’accès.
