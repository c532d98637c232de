## The list of pages

new-page = Nouvelle page
search = Recherche
sort = Ordre
sort-updated = Dernières modifications d’abord
sort-slug = Par adresse
no-pages = Aucune page ici
no-pages-found = Aucune page ne correspond à votre recherche.
show-all-pages = Afficher toutes les pages
no-pages-yet = La boutique n’a pas encore de pages à elle.
write-first-page = Écrire la première page
pages-of-storefront = Pages de la boutique
title = Titre
address = Adresse
last-change = Dernière modification
next-pages = Pages suivantes

## The state of a page

state-draft = Brouillon
state-published = Publiée
state-changed = Publiée, brouillon modifié

## The form of a page

all-pages = Toutes les pages
edit-page = Modifier la page
address-hint = La dernière partie de /pages/… : des minuscules, des chiffres et des traits d’union.
title-hint = 150 caractères au plus.
body = Texte
body-hint = Une ligne vide commence un nouveau paragraphe ; une ligne qui commence par # et une espace est un titre.
draft = Brouillon
your-version = Votre version
save-draft = Enregistrer le brouillon
save-and-publish = Enregistrer et publier
save-first = Enregistrez d’abord le brouillon.
preview-button = Aperçu
unpublish-button = Retirer de la boutique…
not-published = La boutique n’affiche pas cette page.
version = Version
published = Publiée
on-storefront = Dans la boutique
history = Historique
# { $what } is one of the events below.
event-version = { $what }, version { $version }
event-created = Créée
event-saved = Brouillon enregistré
event-saved-published = Enregistrée et publiée
event-published = Publiée
event-unpublished = Retirée de la boutique
preview = Aperçu du texte du formulaire

## What a change led to

done-created = Le brouillon existe. La boutique ne l’affiche pas tant que vous ne le publiez pas.
done-saved = Le brouillon est enregistré.
done-published = La page est enregistrée et visible dans la boutique.
done-unpublished = La boutique n’affiche plus la page.
done-unpublished-unsaved = La boutique n’affiche plus la page. Votre texte ci-dessous n’est pas encore enregistré.

## A text that is not saved

not-saved-yet = Pas encore enregistré
sign-in-new-tab = Connexion du personnel dans un nouvel onglet
unsaved-signed-out = Votre session est fermée. Connectez-vous dans un nouvel onglet, puis revenez à celui-ci et enregistrez.
unsaved-stale = Vous avez ouvert une nouvelle session depuis que ce formulaire est ouvert. Relisez-le et enregistrez de nouveau.
unsaved-hidden = Le texte contenait des caractères invisibles, impossibles à enregistrer. Ils ont disparu du formulaire ci-dessous : relisez-le et enregistrez de nouveau.

## A text that was changed meanwhile

own-conflict = Vous avez modifié cette page dans un autre onglet
own-conflict-text = C’était le { $when }, après que vous l’avez ouverte ici. Rien de cet onglet n’a été enregistré ; son texte est toujours dans le formulaire ci-dessous.
own-conflict-choice = Comparez les deux. Si vous enregistrez maintenant, cette version remplace l’autre.
own-conflict-drop = Abandonner celle-ci et continuer avec l’autre
other-version = La version de l’autre onglet ({ $version })
conflict = Quelqu’un d’autre a modifié cette page
conflict-text = Modifiée par { $who } le { $when }, après que vous l’avez ouverte. Rien de votre texte n’a été enregistré ; il est toujours dans le formulaire ci-dessous.
conflict-choice = Comparez les deux. Si vous enregistrez maintenant, votre version remplace la sienne.
conflict-drop = Abandonner la vôtre et continuer avec la sienne
their-version = Sa version ({ $version })

## Taking a page off the storefront

unpublish-question = Retirer cette page de la boutique ?
unpublish-loss = À son adresse, les clients voient aussitôt « Cette page n’existe pas ». Le brouillon reste ici.
reason-hint-page = Pour vos collègues, dans l’historique de la page.
unpublish-yes = La retirer de la boutique
unpublish-no = La garder

## What a field lacks

slug-missing = Saisissez une adresse pour la page, par exemple about-us.
slug-too-long = Raccourcissez l’adresse à 80 caractères.
slug-malformed = Utilisez des minuscules de a à z, des chiffres et des traits d’union isolés entre eux.
slug-taken = Une autre page a déjà cette adresse. Choisissez-en une différente.
slug-in-use = Une page visible dans la boutique garde son adresse. Retirez-la de la boutique pour changer d’adresse.
title-missing = Saisissez un titre.
title-too-long = Raccourcissez le titre à 150 caractères.
title-hidden = Supprimez du titre les retours à la ligne et les caractères de contrôle invisibles.
body-too-long = Raccourcissez le texte : il peut contenir environ 3 000 mots.
body-hidden = Supprimez du texte les caractères de contrôle invisibles.
