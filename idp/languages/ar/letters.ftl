## Parts of every mail

letter-when = الوقت
letter-device = الجهاز
# the network address from which something was done
letter-address = عنوان IP
# a line of the mail's text: what it is (When, Device, Address), and its value
letter-fact = { $name }: { $value }
# what a link is for; the link stands in the next line
letter-button = { $label }:
letter-code = أو اكتب هذا الرمز في الصفحة التي بدأت منها:
letter-once =
    { $minutes ->
        [one] يعمل الرابط والرمز مرة واحدة، لمدة دقيقة واحدة.
        [two] يعمل الرابط والرمز مرة واحدة، لمدة دقيقتين.
        [few] يعمل الرابط والرمز مرة واحدة، لمدة { $minutes } دقائق.
       *[other] يعمل الرابط والرمز مرة واحدة، لمدة { $minutes } دقيقة.
    }
letter-ignore = إذا لم تفعل ذلك بنفسك، فلا داعي لأي إجراء: لا يستطيع أحد المتابعة من دون هذه الرسالة.
letter-not-you = إذا لم تفعل ذلك بنفسك، فلا داعي لأي إجراء.
letter-was-you = إذا فعلت ذلك بنفسك، فلا داعي لأي إجراء.

## A new password

letter-reset-text = طلب شخص ما كلمة مرور جديدة لحسابك. إذا طلبتها بنفسك، فاخترها هنا.
letter-no-account = لا يوجد حساب بهذا العنوان
letter-no-account-text = طلب شخص ما كلمة مرور جديدة لحساب بهذا العنوان، لكن لا يوجد حساب كهذا.
letter-no-account-hint = إذا فعلت ذلك بنفسك، فربما استخدمت هنا عنوانًا آخر.
letter-disabled = حسابك موقوف
letter-disabled-text = طلب شخص ما كلمة مرور جديدة لحسابك. الحساب موقوف، لذا لن تفيد كلمة مرور جديدة.
letter-disabled-hint = اطلب المساعدة من الجهة التي حصلت منها على الحساب.
letter-not-set-up = لم يكتمل إعداد حسابك بعد
letter-not-set-up-text = طلب شخص ما كلمة مرور جديدة لحسابك. لم يُعَدّ التحقق بخطوتين للحساب بعد، لذا لن تفيد كلمة المرور وحدها.
letter-not-set-up-hint = أعِدّ حسابك بالرابط الموجود في دعوتك. إذا لم تكن لديك دعوة، فاطلب من زميل أن يرسل إليك واحدة.

## A sign-in by mail

letter-sign-in = رابط تسجيل الدخول
letter-sign-in-text = يريد شخص ما تسجيل الدخول إلى حسابك من دون كلمة المرور. إذا طلبت ذلك بنفسك، فسجّل الدخول هنا. لا تُطلع أحدًا على الرمز.
letter-sign-in-no-account-text = حاول شخص ما تسجيل الدخول بهذا العنوان، لكن لا يوجد حساب به.
letter-sign-in-disabled-text = حاول شخص ما تسجيل الدخول إلى حسابك. الحساب موقوف.
letter-unconfirmed = اختر كلمة مرور جديدة لتسجيل الدخول
letter-unconfirmed-text = حاول شخص ما تسجيل الدخول إلى حسابك عبر البريد الإلكتروني. يتطلّب ذلك عنوانًا مؤكَّدًا، وهذا العنوان لم يُؤكَّد قط.
letter-unconfirmed-hint = إذا فعلت ذلك بنفسك، فاختر بدلًا من ذلك كلمة مرور جديدة: ربما أنشأ شخص آخر الحساب وهو يعرف كلمة مروره. بذلك يتأكّد العنوان، وسنسجّل خروج كل من دخل إلى الحساب.

## A new account, or a new address

letter-register = تأكيد بريدك الإلكتروني
letter-register-text = خطوة واحدة أخرى ويصبح حسابك جاهزًا: أكّد أن هذا العنوان لك.
letter-register-button = تأكيد العنوان
letter-here = يعمل الرابط في المتصفح الذي بدأت فيه. إذا فتحته في مكان آخر، فاكتب الرمز حيث بدأت.
letter-has-account = لديك حساب بالفعل
letter-has-account-text = حاول شخص ما إنشاء حساب بهذا العنوان، لكن هناك حسابًا به بالفعل. إذا فعلت ذلك بنفسك، فسجّل الدخول.
letter-has-account-forgot = إذا كنت لا تتذكّر كلمة المرور، فاختر كلمة جديدة:
letter-confirm-text = أكّد أن هذا العنوان لك.
letter-change = تأكيد بريدك الإلكتروني الجديد
letter-change-text = أكّد أن هذا العنوان لك. بعد ذلك ستسجّل الدخول به.
letter-address-in-use = لهذا العنوان حساب بالفعل
letter-address-in-use-text = حاول شخص ما تغيير عنوان حساب آخر إلى هذا العنوان، لكن لهذا العنوان حسابًا بالفعل. لم يتغيّر أي شيء.
letter-address-changed = تم تغيير بريدك الإلكتروني
letter-address-changed-text = أصبح لحسابك عنوان آخر: { $address }. ستسجّل الدخول به من الآن فصاعدًا.
letter-address-changed-button = استرجاع العنوان
letter-address-changed-not-you = إذا لم تفعل ذلك بنفسك، فاسترجع العنوان: سنسجّل خروج الجميع، ولن تعمل كلمة المرور بعد الآن، وستختار كلمة جديدة. يعمل الرابط لمدة سبعة أيام.
letter-address-taken-back = أصبح لحسابك عنوان آخر
letter-address-taken-back-text = استُرجع العنوان الذي كان لحسابك قبل هذا العنوان.
letter-address-taken-back-hint = إذا لم تكن تتوقع ذلك، فاطلب المساعدة من الجهة التي حصلت منها على حسابك.

## A new sign-in

letter-new-device = تسجيل دخول جديد
# $device is like "Firefox on Linux"
letter-new-device-on = تسجيل دخول جديد: { $device }
letter-new-device-text = سجّل شخص ما الدخول إلى حسابك للتوّ على جهاز لم يسبق استخدامه مع هذا الحساب.
letter-new-device-button = لم أكن أنا
letter-new-device-not-you = إذا لم تفعل ذلك بنفسك، فاضغط على الزر: سنسجّل خروج الجميع، ولن تعمل كلمة المرور بعد الآن، وستختار كلمة جديدة. يعمل الرابط لمدة سبعة أيام.

## Notices of what happened to an account

notice-button = الانتقال إلى حسابك
notice-not-you = إذا لم تفعل ذلك بنفسك، فاختر كلمة مرور جديدة فورًا:
notice-password-set = أصبحت لحسابك كلمة مرور
notice-password-set-text = لم تكن لحسابك كلمة مرور من قبل، وأصبحت له الآن كلمة مرور.
notice-password-changed = تم تغيير كلمة المرور
notice-password-changed-text = أصبحت لحسابك كلمة مرور جديدة. لم تعد القديمة تعمل.
notice-app-set = تم إعداد تطبيق مصادقة
notice-app-set-text = يطلب حسابك الآن رموز تطبيق مصادقة جديد. لم تعد رموز أي تطبيق سابق تعمل.
notice-passkey-added = تمت إضافة مفتاح مرور
notice-passkey-added-text = أصبح لحسابك مفتاح مرور جديد. يمكن لمن لديه الجهاز الذي يحتوي عليه أن يسجّل الدخول به.
notice-passkey-removed = تمت إزالة مفتاح مرور
notice-passkey-removed-text = لم يعد أحد مفاتيح المرور لحسابك يعمل.
notice-new-codes = رموز استرداد جديدة
notice-new-codes-text = أصبحت لحسابك رموز استرداد جديدة. لم تعد القديمة تعمل.
notice-code-used = تم استخدام رمز استرداد
notice-code-used-text = سجّل شخص ما الدخول إلى حسابك بأحد رموز الاسترداد.
notice-factors-taken = يلزم إعداد حسابك من جديد
notice-factors-taken-text = أُلغيت كلمة المرور والتحقق بخطوتين لحسابك، وتم تسجيل خروج الجميع. سيصلك رابط لإعدادهما من جديد.
notice-deletion-asked = سيُحذف حسابك
notice-deletion-asked-text =
    { $days ->
        [one] سيُحذف نهائيًا بعد يوم واحد، وتم تسجيل خروج الجميع. إذا سجّلت الدخول قبل ذلك، فسيبقى حسابك.
        [two] سيُحذف نهائيًا بعد يومين، وتم تسجيل خروج الجميع. إذا سجّلت الدخول قبل ذلك، فسيبقى حسابك.
        [few] سيُحذف نهائيًا بعد { $days } أيام، وتم تسجيل خروج الجميع. إذا سجّلت الدخول قبل ذلك، فسيبقى حسابك.
        [many] سيُحذف نهائيًا بعد { $days } يومًا، وتم تسجيل خروج الجميع. إذا سجّلت الدخول قبل ذلك، فسيبقى حسابك.
       *[other] سيُحذف نهائيًا بعد { $days } يوم، وتم تسجيل خروج الجميع. إذا سجّلت الدخول قبل ذلك، فسيبقى حسابك.
    }
notice-deletion-taken-back = حسابك باقٍ
notice-deletion-taken-back-text = كان حسابك سيُحذف. سجّل شخص ما الدخول إليه، لذا سيبقى.
notice-set-up-again = تم إعداد حسابك من جديد
notice-set-up-again-text = أصبحت لحسابك كلمة مرور جديدة وخطوة تحقّق ثانية جديدة. لم تعد القديمتان تعملان.
