# Signing in at another provider, and connecting an account there.

# A button. $provider is the name of another provider, everywhere in this file.
upstream-continue = المتابعة عبر { $provider }
leaving-to-upstream = ستنتقل إلى { $provider } لتسجيل الدخول هناك.

## What came to nothing

upstream-cancelled = لم تسجّل الدخول في { $provider }. حاول مرة أخرى أو سجّل الدخول بطريقة أخرى.
upstream-unreachable = لا يستجيب { $provider } حاليًا. حاول بعد قليل أو سجّل الدخول بطريقة أخرى.
upstream-refused = لم ينجح تسجيل الدخول عبر { $provider }. حاول مرة أخرى أو سجّل الدخول بطريقة أخرى.
upstream-not-fresh = عليك تسجيل الدخول من جديد، ولم يؤكّد { $provider } أنك فعلت ذلك للتو. حاول مرة أخرى أو سجّل الدخول بطريقة أخرى.
upstream-disabled = هذا الحساب موقوف. اطلب المساعدة من الجهة التي حصلت عليه منها.
upstream-elsewhere = حساب { $provider } هذا مرتبط هنا بحساب آخر.
upstream-lost = لا ينتظر هذا المتصفح ردًّا من مزوّد آخر: بدأ تسجيل الدخول في مكان آخر أو قبل وقت طويل. عُد إلى التطبيق وابدأ من جديد.

## Somebody who has no account here yet

connect-title = أول مرة هنا عبر { $provider }
# $account is the e-mail address that the provider has told.
connect-lead = سجّلت الدخول هناك باسم { $account }. لا يوجد هنا حساب مرتبط به بعد.
connect-lead-no-address = سجّلت الدخول هناك. لا يوجد هنا حساب مرتبط بذلك بعد.
connect-have = لديك حساب هنا
connect-have-how = سجّل الدخول إليه مرة واحدة. بعد ذلك يقودك { $provider } إليه.
connect-new = ليس لديك حساب هنا
connect-new-how = يُنشأ حسابك بما أخبرنا به { $provider } عنك.
connect-new-mail = نرسل رسالة إلى هذا العنوان للتأكد من أنه لك.
connect-closed = لا يمكن إنشاء حساب هنا عبر { $provider } وحده. إذا لم يكن لديك حساب، فاطلبه من حيث وجدت هذه الخدمة.
# A button: neither of the two.
connect-not = تسجيل الدخول بطريقة أخرى
# Above the form of the sign-in page.
sign-in-connects = بعد ذلك يصبح { $provider } مرتبطًا بحسابك.

## The page of connected sign-ins

connections-title = عمليات تسجيل الدخول المرتبطة
connections-lead = يمكنك الدخول إلى حسابك عبر هذه الجهات من دون كلمة المرور.
# This and the next two stand side by side, behind a dot.
connections-since = رُبط في { $time }
connections-last-used = آخر استخدام في { $time }
connections-unused = لم يُستخدم بعد
connections-gone = لم يعد متاحًا هنا.
connections-disconnect = إلغاء الربط
connections-none = ليس لديك أي منها بعد.
connections-add = ربط { $provider }
connections-sign-out = تسجيل الخروج هنا لا يسجّل خروجك هناك.
connections-last = هذه آخر وسيلة للدخول إلى حسابك. عيّن كلمة مرور أو أضف مفتاح مرور قبل إلغاء ربطها.

## On other pages of the account

account-connections-none = لا توجد
# A link: connect a first one.
account-add-connection = ربط
# A link: see and change them.
account-manage-connections = إدارة
# How somebody signed in: see sessions-signed-in.
sessions-method-upstream = مزوّد آخر
sessions-method-upstream-code = مزوّد آخر ورمز لمرة واحدة
sessions-method-upstream-passkey = مزوّد آخر ومفتاح مرور
activity-sign-in-upstream = قدوم من مزوّد آخر لتسجيل الدخول
activity-upstream-connected = ربط تسجيل الدخول لدى مزوّد آخر
activity-upstream-disconnected = إلغاء ربط تسجيل الدخول لدى مزوّد آخر

## Notices

notice-upstream-connected = تم ربط طريقة أخرى لتسجيل الدخول
notice-upstream-connected-text = أصبح بالإمكان تسجيل الدخول إلى حسابك عبر { $provider }.
notice-upstream-disconnected = تم إلغاء ربط طريقة لتسجيل الدخول
notice-upstream-disconnected-text = لم يعد بالإمكان تسجيل الدخول إلى حسابك عبر { $provider }.
