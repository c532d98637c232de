## What people read about a status

not-allowed-text = Votre compte ne permet pas de faire cela. Rien n’a été modifié.
no-page = Cette page n’existe pas
no-page-text = Vérifiez l’adresse, ou repartez du début.
not-a-page = Ceci n’est pas une page
not-a-page-text = Cette adresse n’accepte que ce qu’envoie un bouton de l’une de nos pages. Repartez du début.
too-slow = Cela a pris trop de temps
too-slow-text = Ce que vous avez envoyé n’est pas arrivé à temps. Vérifiez votre connexion Internet, revenez en arrière et réessayez.
changed-meanwhile = Quelque chose a changé entre-temps
changed-meanwhile-text = Rien n’a été modifié de votre côté. Revenez en arrière, rechargez la page et recommencez.
too-large = C’est trop long
too-large-text = Ce que vous avez envoyé est trop long. Revenez en arrière, raccourcissez-le et réessayez.
too-many-text = Vous allez plus vite que nous ne pouvons suivre. Patientez un instant, puis réessayez.
did-not-work = Cela n’a pas fonctionné
incomplete-text = Ce qui est arrivé ici était incomplet : rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.
later-text = C’est impossible pour le moment, et rien n’a été modifié. Patientez un instant, puis réessayez.
internal = Une erreur est survenue
internal-text = Une erreur est survenue de notre côté. Vous n’y êtes pour rien. Si cela se reproduit, indiquez-nous la requête ci-dessous.
