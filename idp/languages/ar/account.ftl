## Account

# $app is the name of an app.
account-back-to = العودة إلى { $app }
account-profile = الملف الشخصي
account-not-confirmed = غير مؤكَّد
# The account has a password.
account-password-set = معيَّنة
# The account has no password.
account-password-none = لا توجد
# A link: make a first password.
account-set-password = تعيين
# The account has an authenticator app.
account-app-set-up = مُعَدّ
account-app-not-set-up = غير مُعَدّ
account-replace-app = استبدال
# A link: begin to use an authenticator app.
account-set-up-app = إعداد
# The account has no passkeys.
account-passkeys-none = لا توجد
# A link: a first passkey.
account-add-passkey = إضافة
# A link: see and change the passkeys.
account-manage-passkeys = إدارة
# Recovery codes.
account-codes-none = لم يتبقَّ أي رمز
# Recovery codes.
account-codes-left =
    { $count ->
        [one] تبقّى رمز واحد
        [two] تبقّى رمزان
        [few] تبقّت { $count } رموز
        [many] تبقّى { $count } رمزًا
       *[other] تبقّى { $count } رمز
    }
# Recovery codes.
account-make-codes = إنشاء رموز جديدة
account-sessions = الجلسات
account-sessions-what = الأجهزة التي سجّلت الدخول عليها
account-apps = التطبيقات
account-apps-what = ما يمكنه الوصول إلى حسابك
account-activity = النشاط
account-activity-what = ما حدث في حسابك
account-data = البيانات
account-data-what = تنزيل نسخة أو حذف الحساب
account-sign-out = تسجيل الخروج
# Before account-other.
account-not-you = ليس حسابك؟
account-other = تسجيل الدخول بحساب آخر
# Instead of account-other, where a browser may have several accounts.
account-switch = تبديل الحساب
# The code of an authenticator app.
account-wrong-code = هذا الرمز غير صحيح. تحقّق من ضبط الوقت على هاتفك وجرّب الرمز التالي.

## Profile

profile-title = ملفك الشخصي
profile-lead = تُرسَل هذه المعلومات إلى التطبيقات التي تسمح لها بالاطلاع عليها. اترك فارغًا كل ما لا حاجة لأحد إلى معرفته.
profile-username = اسم المستخدم الخاص بك هو { $username }. لا يمكن تغييره لأن التطبيقات قد تعرفك به.
profile-save = حفظ

## E-mail address

address-title = بريدك الإلكتروني
address-confirmed = مؤكَّد
address-not-confirmed = غير مؤكَّد
address-confirm = تأكيد هذا العنوان
address-another = عنوان آخر
address-hint = سنرسل إليه رسالة. ستواصل تسجيل الدخول بالعنوان القديم إلى أن تؤكّد العنوان الجديد.
address-new = البريد الإلكتروني الجديد
address-send = إرسال الرسالة

## Password

password-change-title = تغيير كلمة المرور
password-set-title = تعيين كلمة مرور
password-current = كلمة المرور الحالية
password-end-others = تسجيل الخروج من كل الأجهزة الأخرى
password-change = تغيير كلمة المرور
password-set = تعيين كلمة المرور
password-wrong = هذه ليست كلمة مرورك الحالية.

## Sessions

sessions-title = الأجهزة التي سجّلت الدخول عليها
sessions-lead = إذا وجدت هنا جهازًا لا تعرفه، فسجّل الخروج منه وغيّر كلمة المرور، وتأكّد من أنك تعرف كل مفاتيح المرور لحسابك.
# The session that the reader uses now.
sessions-this = هذا الجهاز
# $time is a date with a time, $method one of the texts named sessions-method, $address a network address.
sessions-signed-in = تسجيل الدخول في { $time } باستخدام { $method }، من { $address }
# Follows sessions-signed-in, behind a dot.
sessions-last-seen = آخر نشاط في { $time }
sessions-method-password = كلمة المرور
sessions-method-passkey = مفتاح مرور
sessions-method-code = كلمة المرور ورمز لمرة واحدة
sessions-method-both = كلمة المرور ومفتاح مرور
sessions-method-mail = رسالة بريد إلكتروني
sessions-method-mail-code = رسالة بريد إلكتروني ورمز لمرة واحدة
sessions-method-mail-passkey = رسالة بريد إلكتروني ومفتاح مرور
# A button that ends one session.
sessions-end = تسجيل الخروج
# For screen readers, after sessions-end. $device is a browser and its system.
sessions-end-which = { $device }، تسجيل الدخول في { $time }
sessions-end-others = تسجيل الخروج من كل الأجهزة الأخرى
# Such as "Firefox on Linux".
device-browser-and-system = { $browser } على { $system }
device-unknown = متصفح غير معروف

## Browsers that aren't asked for a second factor, on the page of the sessions

trusted-title = متصفحات لا يُطلب فيها رمز
trusted-lead = اخترت ذلك عند كتابة رمز فيها. ويظل الرمز مطلوبًا لتغيير طريقة تسجيل دخولك.
# $since and $until are dates with times.
trusted-since = منذ { $since } وحتى { $until }
# A button.
trusted-forget = طلب الرمز من جديد

## Accounts in this browser

accounts-title = الحسابات في هذا المتصفح
accounts-lead = يمكنك التنقل بينها دون تسجيل الدخول من جديد. إذا كان الكمبيوتر مشتركًا، فسجّل الخروج منها جميعًا قبل مغادرته.
# The account that the reader uses now.
accounts-in-use = قيد الاستخدام
# $time is a date with a time, $method one of the texts named sessions-method.
accounts-signed-in = تسجيل الدخول في { $time } باستخدام { $method }
# Instead of accounts-signed-in: the session has idled out.
accounts-over = انتهى تسجيل الدخول لعدم الاستخدام مدة من الزمن
# A button: go on with it.
accounts-use = استخدام هذا الحساب
# Instead of accounts-use, after accounts-over.
accounts-sign-in-again = تسجيل الدخول مجددًا
accounts-add = إضافة حساب آخر
accounts-end-all = تسجيل الخروج من جميع الحسابات في هذا المتصفح
# Instead of accounts-add. $count is how many accounts a browser may have.
accounts-full =
    { $count ->
        [one] يمكن تسجيل الدخول في هذا المتصفح بحساب واحد فقط في الوقت نفسه. سجّل الخروج لاستخدام حساب آخر.
        [two] يمكن تسجيل الدخول في هذا المتصفح بحسابين في الوقت نفسه. سجّل الخروج من أحدهما لإضافة حساب آخر.
        [few] يمكن تسجيل الدخول في هذا المتصفح بما يصل إلى { $count } حسابات في الوقت نفسه. سجّل الخروج من أحدها لإضافة حساب آخر.
        [many] يمكن تسجيل الدخول في هذا المتصفح بما يصل إلى { $count } حسابًا في الوقت نفسه. سجّل الخروج من أحدها لإضافة حساب آخر.
       *[other] يمكن تسجيل الدخول في هذا المتصفح بما يصل إلى { $count } حساب في الوقت نفسه. سجّل الخروج من أحدها لإضافة حساب آخر.
    }

## Apps

apps-title = التطبيقات المرتبطة
apps-none = لا يمكن لأي تطبيق الوصول إلى حسابك.
apps-lead = يمكن لهذه التطبيقات الوصول إلى حسابك.
apps-first-used = أول استخدام في { $time }
apps-last-used = آخر استخدام في { $time }
# Follows apps-first-used, behind a dot.
apps-then-last-used = آخر استخدام في { $time }
apps-ours = يرتبط بحسابك من جديد عندما تستخدمه.
apps-theirs = إذا ألغيت ربطه، فسيطلب إذنك من جديد عندما تستخدمه.
apps-disconnect = إلغاء الربط

## Activity

# What happened, and the app that it is about.
activity-of-app = { $what }: { $app }
activity-title = النشاط
activity-lead =
    { $days ->
        [one] ما حدث في حسابك خلال اليوم الأخير. إذا وجدت ما لا تعرفه، فغيّر كلمة المرور وراجع الأجهزة التي سجّلت الدخول عليها.
        [two] ما حدث في حسابك خلال آخر يومين. إذا وجدت ما لا تعرفه، فغيّر كلمة المرور وراجع الأجهزة التي سجّلت الدخول عليها.
        [few] ما حدث في حسابك خلال آخر { $days } أيام. إذا وجدت ما لا تعرفه، فغيّر كلمة المرور وراجع الأجهزة التي سجّلت الدخول عليها.
        [many] ما حدث في حسابك خلال آخر { $days } يومًا. إذا وجدت ما لا تعرفه، فغيّر كلمة المرور وراجع الأجهزة التي سجّلت الدخول عليها.
       *[other] ما حدث في حسابك خلال آخر { $days } يوم. إذا وجدت ما لا تعرفه، فغيّر كلمة المرور وراجع الأجهزة التي سجّلت الدخول عليها.
    }
activity-none = لا شيء حتى الآن.
activity-none-older = لا شيء أقدم من ذلك.
# Follows a time, behind a dot. $address is a network address.
activity-from = من { $address }
# Follows a time, behind a dot.
activity-by-operator = بواسطة القائمين على هذه الخدمة
# A link to older events.
activity-older = الأقدم
# Things that happened. Some are followed by a colon and the name of an app.
activity-signed-in = تسجيل الدخول
activity-sign-in-failed = إدخال كلمة مرور خاطئة
activity-throttled = محاولات كثيرة جدًا لتسجيل الدخول: يلزم الانتظار
activity-password-accepted = إدخال كلمة المرور الصحيحة
activity-password-failed = إدخال كلمة مرور خاطئة في صفحة تغييرها
activity-sign-in-mail = استخدام رابط أو رمز من رسالة لتسجيل الدخول
activity-passkey-accepted = استخدام مفتاح مرور
activity-passkey-failed = رفض مفتاح مرور
activity-second-factor-app = استخدام رمز من تطبيق المصادقة
activity-second-factor-passkey = استخدام مفتاح مرور للتحقق بخطوتين
activity-second-factor-recovery = استخدام رمز استرداد
activity-second-factor-failed = إدخال رمز خاطئ
activity-browser-trusted = لن يُطلب رمز لفترة في أحد متصفحاتك
activity-browser-forgotten = عاد طلب الرمز في أحد متصفحاتك
activity-app-enrolled = إعداد تطبيق مصادقة
activity-passkey-added = إضافة مفتاح مرور
activity-passkey-removed = إزالة مفتاح مرور
activity-codes-replaced = إنشاء رموز استرداد جديدة
activity-account-created = إنشاء الحساب
activity-account-set-up = إعداد الحساب
activity-account-recovered = إعداد الحساب من جديد
activity-account-disabled = إيقاف الحساب
activity-account-enabled = إعادة تفعيل الحساب
activity-account-unlocked = إنهاء الانتظار بعد كلمات مرور خاطئة
activity-factors-reset = إزالة خطوة التحقق الثانية
activity-profile-changed = تغيير الملف الشخصي
activity-roles-changed = تغيير الأدوار
activity-deletion-asked = طلب حذف الحساب
activity-deletion-taken-back = إلغاء حذف الحساب
activity-password-changed = تغيير كلمة المرور
activity-password-reset = اختيار كلمة مرور جديدة عبر البريد الإلكتروني
activity-address-confirmed = تأكيد عنوان البريد الإلكتروني
activity-address-changed = تغيير عنوان البريد الإلكتروني
activity-address-change-undone = التراجع عن تغيير عنوان البريد الإلكتروني
activity-sessions-disowned = تسجيل خروج الجميع عبر رسالة الجهاز الجديد
activity-mail-asked = طلب رسالة تتضمّن رابطًا
activity-mail-code-failed = إدخال رمز خاطئ من رسالة
activity-session-ended = انتهاء جلسة
activity-consent-given = منح إذن لتطبيق
activity-consent-withdrawn = إلغاء ربط تطبيق
activity-app-signed-in = تسجيل الدخول إلى تطبيق
activity-token-revoked = تخلّي تطبيق عن إذن الوصول
activity-used-twice = استخدام بيانات وصول تطبيق مرتين وإنهاء وصوله

## Data

data-title = بياناتك
data-lead = كل ما نحتفظ به عنك هنا في ملف واحد: ملفك الشخصي، وطرق تسجيل دخولك، وجلساتك، وتطبيقاتك، وما حدث في حسابك.
data-export = تنزيل نسخة

## Deletion

delete-title = حذف حسابك
delete-lead =
    { $days ->
        [one] سنسجّل خروجك من كل الأجهزة ونُبلغ التطبيقات التي تستخدمها بهذا الحساب. بعد يوم واحد يُحذف الحساب نهائيًا، مع كل ما نحتفظ به عنك هنا. قد تحتفظ التطبيقات بما قدّمته إليها.
        [two] سنسجّل خروجك من كل الأجهزة ونُبلغ التطبيقات التي تستخدمها بهذا الحساب. بعد يومين يُحذف الحساب نهائيًا، مع كل ما نحتفظ به عنك هنا. قد تحتفظ التطبيقات بما قدّمته إليها.
        [few] سنسجّل خروجك من كل الأجهزة ونُبلغ التطبيقات التي تستخدمها بهذا الحساب. بعد { $days } أيام يُحذف الحساب نهائيًا، مع كل ما نحتفظ به عنك هنا. قد تحتفظ التطبيقات بما قدّمته إليها.
        [many] سنسجّل خروجك من كل الأجهزة ونُبلغ التطبيقات التي تستخدمها بهذا الحساب. بعد { $days } يومًا يُحذف الحساب نهائيًا، مع كل ما نحتفظ به عنك هنا. قد تحتفظ التطبيقات بما قدّمته إليها.
       *[other] سنسجّل خروجك من كل الأجهزة ونُبلغ التطبيقات التي تستخدمها بهذا الحساب. بعد { $days } يوم يُحذف الحساب نهائيًا، مع كل ما نحتفظ به عنك هنا. قد تحتفظ التطبيقات بما قدّمته إليها.
    }
delete-hint = إذا سجّلت الدخول قبل ذلك، فسيبقى الحساب.
delete-submit = حذف الحساب
# Instead of delete-submit. "It" is the account.
delete-keep = الاحتفاظ به
delete-asked = سيُحذف حسابك
delete-asked-lead =
    { $days ->
        [one] تم تسجيل خروجك من كل الأجهزة. إذا سجّلت الدخول خلال يوم واحد، فسيبقى حسابك.
        [two] تم تسجيل خروجك من كل الأجهزة. إذا سجّلت الدخول خلال يومين، فسيبقى حسابك.
        [few] تم تسجيل خروجك من كل الأجهزة. إذا سجّلت الدخول خلال { $days } أيام، فسيبقى حسابك.
        [many] تم تسجيل خروجك من كل الأجهزة. إذا سجّلت الدخول خلال { $days } يومًا، فسيبقى حسابك.
       *[other] تم تسجيل خروجك من كل الأجهزة. إذا سجّلت الدخول خلال { $days } يوم، فسيبقى حسابك.
    }

## Passkeys

passkeys-title = مفاتيح المرور لحسابك
passkeys-lead = بمفتاح المرور تسجّل الدخول ببصمتك أو وجهك أو قفل جهازك. لا شيء عليك تذكّره، ولا شيء يمكن لأحد أن يسرقه منّا.
passkeys-synced = قد يكون على عدة أجهزة
passkeys-single = على جهاز واحد
# This and the next two follow passkeys-synced or passkeys-single, behind a dot.
passkeys-added = أُضيف في { $time }
passkeys-last-used = آخر استخدام في { $time }
passkeys-unused = لم يُستخدم بعد
passkeys-rename = إعادة تسمية
passkeys-none = ليس لديك أي مفتاح مرور بعد.
passkeys-add = إضافة مفتاح مرور
# The name of a new passkey whose maker is not known.
passkeys-label = مفتاح مرور
passkeys-no-script = لا يستطيع هذا المتصفح إنشاء مفتاح مرور هنا. يجب السماح فيه بتشغيل JavaScript، وأن يكون للجهاز قفل شاشة أو مفتاح أمان.
# Before sessions-end-others.
passkeys-somebody-else = هل دخل شخص آخر إلى حسابك؟
passkeys-expired = استغرق ذلك وقتًا طويلًا، أو سبق استخدام الصفحة. حاول مرة أخرى.
passkeys-refused = تعذّرت إضافة مفتاح المرور هذا. إذا كان على هذا الجهاز مفتاح لحسابك بالفعل، فلا داعي لفعل أي شيء.
passkeys-unlisted = أداة المصادقة هذه غير مسموح بها هنا. استخدم مفتاح أمان أو جهازًا اعتمده القائمون على هذه الخدمة.
passkeys-last = هذه آخر وسيلة قوية بما يكفي للدخول إلى حسابك. أضف وسيلة أخرى قبل إزالتها.
passkeys-name-length =
    { $max ->
        [one] يجب أن يتكوّن الاسم من حرف واحد.
        [two] يجب أن يتكوّن الاسم من حرف واحد أو حرفين.
        [few] يجب أن يتكوّن الاسم من حرف واحد إلى { $max } أحرف.
        [many] يجب أن يتكوّن الاسم من حرف واحد إلى { $max } حرفًا.
       *[other] يجب أن يتكوّن الاسم من حرف واحد إلى { $max } حرف.
    }

## New recovery codes

new-codes-title = إنشاء رموز استرداد جديدة
new-codes-heading = هل تريد إنشاء رموز استرداد جديدة؟
new-codes-loss =
    { $count ->
        [one] سيتوقف الرمز المتبقي لديك عن العمل فورًا، حتى إن كنت قد طبعته أو حفظته.
        [two] سيتوقف الرمزان المتبقيان لديك عن العمل فورًا، حتى إن كنت قد طبعتهما أو حفظتهما.
       *[other] ستتوقف الرموز المتبقية لديك، وعددها { $count }، عن العمل فورًا، حتى إن كنت قد طبعتها أو حفظتها.
    }
new-codes-none-left = لم يتبقَّ لديك أي رمز. ستظهر الرموز الجديدة مرة واحدة فقط.
new-codes-make = إنشاء رموز جديدة
# Instead of new-codes-make.
new-codes-keep = الاحتفاظ بالقديمة
# Instead of new-codes-make, when there are no old ones.
new-codes-not-now = ليس الآن
