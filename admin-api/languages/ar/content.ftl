## The list of pages

new-page = صفحة جديدة
search = بحث
sort = الترتيب
sort-updated = الأحدث تغييرًا أولًا
sort-slug = حسب العنوان
no-pages = لا توجد صفحات هنا
no-pages-found = لا توجد صفحة تطابق ما تبحث عنه.
show-all-pages = عرض كل الصفحات
no-pages-yet = ليس للمتجر صفحات خاصة به بعد.
write-first-page = اكتب الصفحة الأولى
pages-of-storefront = صفحات المتجر
title = العنوان الرئيسي
address = العنوان
last-change = آخر تغيير
next-pages = الصفحات التالية

## The state of a page

state-draft = مسودة
state-published = منشورة
state-changed = منشورة، والمسودة تغيّرت

## The form of a page

all-pages = كل الصفحات
edit-page = تحرير الصفحة
address-hint = الجزء الأخير من /pages/…: أحرف لاتينية صغيرة وأرقام وواصلات.
title-hint = 150 حرفًا على الأكثر.
body = النص
body-hint = السطر الفارغ يبدأ فقرة جديدة؛ والسطر الذي يبدأ بـ # ثم مسافة هو عنوان فرعي.
draft = المسودة
your-version = نسختك
save-draft = حفظ المسودة
save-and-publish = حفظ ونشر
save-first = احفظ المسودة أولًا.
preview-button = معاينة
unpublish-button = إزالة من المتجر…
not-published = لا يعرض المتجر هذه الصفحة.
version = النسخة
published = تاريخ النشر
on-storefront = في المتجر
history = السجل
# { $what } is one of the events below.
event-version = { $what }، النسخة { $version }
event-created = تم الإنشاء
event-saved = حُفظت المسودة
event-saved-published = تم الحفظ والنشر
event-published = تم النشر
event-unpublished = أُزيلت من المتجر
preview = معاينة النص الموجود في النموذج

## What a change led to

done-created = أُنشئت المسودة. لن يعرضها المتجر قبل أن تنشرها.
done-saved = حُفظت المسودة.
done-published = حُفظت الصفحة وظهرت في المتجر.
done-unpublished = لم يعد المتجر يعرض الصفحة.
done-unpublished-unsaved = لم يعد المتجر يعرض الصفحة. نصّك أدناه لم يُحفظ بعد.

## A text that is not saved

not-saved-yet = لم يُحفظ بعد
sign-in-new-tab = تسجيل دخول الموظفين في علامة تبويب جديدة
unsaved-signed-out = لم تعد مسجّل الدخول. سجّل الدخول في علامة تبويب جديدة، ثم عُد إلى هذه واحفظ.
unsaved-stale = سجّلت الدخول من جديد بعد أن فتحت هذا النموذج. راجعه واحفظ مرة أخرى.
unsaved-hidden = كان في النص أحرف لا يراها أحد ولا يمكن حفظها. أُزيلت من النموذج أدناه: راجعه واحفظ مرة أخرى.

## A text that was changed meanwhile

own-conflict = لقد غيّرت هذه الصفحة في علامة تبويب أخرى
own-conflict-text = كان ذلك في { $when }، بعد أن فتحتها هنا. لم يُحفظ شيء من علامة التبويب هذه؛ ولا يزال نصّها في النموذج أدناه.
own-conflict-choice = قارن بين النسختين. إذا حفظت الآن، حلّت هذه النسخة محل الأخرى.
own-conflict-drop = التخلّي عن هذه والمتابعة بالأخرى
other-version = نسخة علامة التبويب الأخرى ({ $version })
conflict = غيّر شخص آخر هذه الصفحة
conflict-text = غيّرها { $who } في { $when }، بعد أن فتحتها. لم يُحفظ شيء مما كتبته؛ ولا يزال نصّك في النموذج أدناه.
conflict-choice = قارن بين النسختين. إذا حفظت الآن، حلّت نسختك محل نسخته.
conflict-drop = التخلّي عن نسختك والمتابعة بنسخته
their-version = نسخته ({ $version })

## Taking a page off the storefront

unpublish-question = هل تريد إزالة هذه الصفحة من المتجر؟
unpublish-loss = سيرى العملاء فورًا «هذه الصفحة غير موجودة» في عنوانها. تبقى المسودة هنا.
reason-hint-page = لزملائك، في سجل الصفحة.
unpublish-yes = إزالتها من المتجر
unpublish-no = الإبقاء عليها

## What a field lacks

slug-missing = أدخل عنوانًا للصفحة، مثل about-us.
slug-too-long = اختصر العنوان إلى 80 حرفًا.
slug-malformed = استخدم الأحرف الصغيرة من a إلى z والأرقام وواصلات مفردة بينها.
slug-taken = لصفحة أخرى هذا العنوان بالفعل. اختر عنوانًا مختلفًا.
slug-in-use = تحتفظ الصفحة المعروضة في المتجر بعنوانها. أزِلها من المتجر لتغيير العنوان.
title-missing = أدخل عنوانًا رئيسيًا.
title-too-long = اختصر العنوان الرئيسي إلى 150 حرفًا.
title-hidden = أزِل من العنوان الرئيسي فواصل الأسطر وأحرف التحكم غير المرئية.
body-too-long = اختصر النص: يتّسع لنحو 3,000 كلمة.
body-hidden = أزِل من النص أحرف التحكم غير المرئية.
