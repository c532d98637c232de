## Look into your mailbox

mailed-heading = افتح بريدك الإلكتروني
mailed-lead = أرسلنا رسالة إلى { $address }. افتح الرابط الوارد فيها، أو اكتب رمزها هنا.
mailed-hint =
    { $minutes ->
        [one] ثمانية أرقام. يعمل الرمز لمدة دقيقة واحدة.
        [two] ثمانية أرقام. يعمل الرمز لمدة دقيقتين.
        [few] ثمانية أرقام. يعمل الرمز لمدة { $minutes } دقائق.
       *[other] ثمانية أرقام. يعمل الرمز لمدة { $minutes } دقيقة.
    }
mailed-nothing-there = لم تصلك الرسالة؟ قد يستغرق وصولها دقيقة، وقد تجدها في مجلد الرسائل غير المرغوب فيها.
mailed-again = إرسال رسالة أخرى
# $wait is one or more whole sentences, which say how long to wait
mailed-not-yet = لا يمكننا إرسال رسالة أخرى الآن. { $wait }
mailed-wrong = هذا الرمز غير صحيح. افتح أحدث رسالة منّا واكتب رمزها.
mailed-over = لم يعد أي رمز من هذه الرسالة صالحًا. اطلب إرسال رسالة أخرى.
mailed-too-many = أُدخلت رموز خاطئة كثيرة لهذا العنوان. لا يزال الرابط الذي في الرسالة يعمل.
mailed-another-account = هناك حساب آخر قيد الاستخدام
mailed-another-account-text = تخصّ هذه الرسالة حسابًا غير الذي سجّلت الدخول به هنا. سجّل الدخول بذلك الحساب، ثم افتح الرابط مرة أخرى.
mailed-taken = هذا العنوان مستخدَم
mailed-taken-text = أصبح هذا العنوان لحساب آخر، لذا لم يتغيّر أي شيء.
mailed-gone = لم يعد هذا الرابط صالحًا
mailed-gone-text = يعمل الرابط المرسَل بالبريد مرة واحدة ولمدة محدودة، وتحلّ الرسالة الأحدث محلّ ما قبلها. ابدأ من جديد من حيث بدأت.

## The page behind a mailed link

link-elsewhere = اكتب الرمز بدلًا من ذلك
link-elsewhere-text = فتحت الرابط في متصفح غير الذي بدأت فيه. عُد إلى ذلك المتصفح، واكتب الرمز الموجود في الرسالة.
link-sign-in-text = ستسجّل الدخول إلى الحساب الذي له هذا العنوان.
link-confirm = تأكيد بريدك الإلكتروني
link-confirm-text = أكّد أن هذا العنوان لك.
link-confirm-button = تأكيد العنوان
link-change = تأكيد بريدك الإلكتروني الجديد
link-change-text = أكّد أن هذا العنوان لك. بعد ذلك ستسجّل الدخول به.
link-change-button = استخدام هذا العنوان
link-undo = استرجاع بريدك الإلكتروني
link-undo-text = سيعود هذا العنوان إلى حسابك. سنسجّل خروج كل من دخل إليه، ولن تعمل كلمة المرور بعد الآن. ثم اختر كلمة مرور جديدة.
link-undo-button = استرجاع العنوان
# heading and button
link-disown = تسجيل خروج الجميع
link-disown-text = سنسجّل خروج كل من دخل إلى حسابك على كل الأجهزة، ولن تعمل كلمة المرور بعد الآن. ثم اختر كلمة مرور جديدة.

## Everybody is signed out

signed-out-everywhere-heading = تم تسجيل خروج الجميع
signed-out-everywhere-text = لم يعد أحد مسجّل الدخول إلى حسابك. اختر كلمة مرور جديدة، ثم تأكّد في صفحة حسابك من أنك تعرف كل مفاتيح المرور وتطبيق المصادقة.

## The passkey of a new account

first-passkey-heading = أنشئ مفتاح المرور
first-passkey-lead = به تسجّل الدخول إلى حساب { $address } ببصمتك أو وجهك أو قفل هذا الجهاز.
first-passkey-make = إنشاء مفتاح المرور
first-passkey-impossible = لا يستطيع هذا المتصفح إنشاء مفتاح مرور هنا.
first-passkey-use-password = استخدام كلمة مرور بدلًا من ذلك
first-passkey-failed = تعذّر إنشاء مفتاح المرور هذا، أو استغرق الأمر وقتًا طويلًا. حاول مرة أخرى أو استخدم كلمة مرور.

## Forgotten password

forgot-heading = نسيت كلمة المرور
forgot-lead = سنرسل إليك رسالة فيها رابط تختار من خلاله كلمة مرور جديدة.
forgot-submit = إرسال الرسالة
forgot-back = العودة إلى تسجيل الدخول
forgot-unavailable = البريد الإلكتروني غير متاح هنا
forgot-unavailable-text = لا يمكن هنا الحصول على كلمة مرور جديدة عبر البريد الإلكتروني. اطلب المساعدة من الجهة التي حصلت منها على حسابك.

## Sign in by mail

by-mail-heading = تسجيل الدخول عبر البريد الإلكتروني
by-mail-lead = سنرسل إليك رسالة فيها رابط ورمز. يمكنك تسجيل الدخول بأيّ منهما من دون كلمة المرور.
by-mail-submit = إرسال الرسالة
by-mail-back = تسجيل الدخول بكلمة المرور

## Choose a new password

reset-lead = بعد ذلك سنسجّل خروج كل من دخل إلى حسابك.
reset-submit = حفظ كلمة المرور الجديدة
reset-done = تم تغيير كلمة المرور
reset-done-text = سجّل الدخول بكلمة المرور الجديدة.
