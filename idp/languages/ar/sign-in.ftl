# Signing in, making an account, the second factor, consent, signing out, and the start page.

## Sign in

sign-in-passkey = تسجيل الدخول بمفتاح مرور
# Above the form, when somebody adds an account. $account is the e-mail address of another one.
sign-in-beside = يظل { $account } مسجّل الدخول.
sign-in-forgot = هل نسيت كلمة المرور؟
sign-in-by-mail = تلقّي رابط لتسجيل الدخول عبر البريد الإلكتروني
# A link follows: Create an account.
sign-in-new = ليس لديك حساب؟
# The same whether the address or the password was wrong: it must not say which.
sign-in-wrong = البريد الإلكتروني أو كلمة المرور غير صحيحة.
sign-in-wrong-hidden = البريد الإلكتروني أو كلمة المرور غير صحيحة. تتضمّن كلمة المرور حرفًا غير مرئي: ربما أُضيف عند لصقها.
sign-in-passkey-expired = استغرق ذلك وقتًا طويلًا. حاول مرة أخرى.
sign-in-passkey-unknown = مفتاح المرور هذا غير معروف هنا لأنه أُزيل من حسابه. استخدم مفتاحًا آخر أو كلمة المرور.
sign-in-passkey-refused = تعذّر التحقق من مفتاح المرور هذا. حاول مرة أخرى أو استخدم كلمة المرور.

## Create an account

register-passkey-hint = لا حاجة إلى تذكّر كلمة مرور: تسجّل الدخول ببصمتك أو وجهك أو قفل هذا الجهاز.
register-passkey = المتابعة بمفتاح مرور
# Heading above the field of the password, below the button for a passkey.
register-or-password = أو بكلمة مرور
# { $terms } is the link named terms-of-service.
register-terms = بإنشاء حساب فإنك توافق على { $terms }.
register-submit = إنشاء الحساب
# A link follows: Sign in.
register-have = لديك حساب بالفعل؟

## Second factor

second-factor-title-app = أدخل الرمز
# The title of the page, and its button.
second-factor-title-passkey = استخدام مفتاح المرور
# $account is the e-mail address.
second-factor-lead = تسجيل الدخول بحساب { $account }
second-factor-otp-hint = ستة أرقام من تطبيق المصادقة.
second-factor-no-passkey = لا يستطيع هذا المتصفح استخدام مفتاح المرور هنا.
# Follows second-factor-no-passkey.
second-factor-recovery-instead = يمكنك تسجيل الدخول برمز استرداد بدلًا من ذلك.
# Follows second-factor-no-passkey.
second-factor-elsewhere = سجّل الدخول على الجهاز الذي يحتوي عليه.
# A link follows: Use a recovery code.
second-factor-no-app = لا يمكنك الوصول إلى التطبيق؟
# A link follows: Use a recovery code.
second-factor-lost-passkey = لا يمكنك الوصول إلى مفتاح المرور؟
second-factor-trust =
    { $days ->
        [one] عدم السؤال مجددًا في هذا المتصفح لمدة يوم
        [two] عدم السؤال مجددًا في هذا المتصفح لمدة يومين
        [few] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } أيام
        [many] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } يومًا
       *[other] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } يوم
    }
second-factor-trust-hint = على جهاز يخصّك وحدك فقط.
second-factor-wrong-code = هذا الرمز غير صحيح أو سبق استخدامه. انتظر الرمز التالي ثم حاول مرة أخرى.
second-factor-wrong-passkey = لم يكن ذلك أحد مفاتيح المرور لحسابك، أو استغرق الأمر وقتًا طويلًا. حاول مرة أخرى.

## Recovery code instead of the second factor

# The title of the page, and the text of links to it.
recovery-title = استخدام رمز استرداد
# $account is the e-mail address.
recovery-lead = تسجيل الدخول بحساب { $account }. يعمل كل رمز من الرموز التي حفظتها مرة واحدة.
# The label of the field.
recovery-code = رمز الاسترداد
recovery-hint = 24 خانة من الحروف والأرقام. لا فرق بين الحروف الكبيرة والصغيرة، ولا تهم المسافات والشرطات.
recovery-other-way = استخدام طريقة أخرى
recovery-wrong = هذا ليس أحد رموز الاسترداد التي لم تستخدمها بعد.

## Setting up a second factor

enrol-title = احمِ حسابك
enrol-title-app = إعداد تطبيق المصادقة
# $account is the e-mail address.
enrol-lead = اختر وسيلة إضافية تحمي { $account } حتى لو عرف شخص آخر كلمة المرور.
# $account is the e-mail address.
enrol-lead-app = يُنشئ التطبيق الرموز التي تحمي { $account } حتى لو عرف شخص آخر كلمة المرور.
enrol-title-passkey = إعداد مفتاح مرور
# $account is the e-mail address.
enrol-lead-passkey = يحمي مفتاح المرور حساب { $account }: فعلى خلاف الرمز، لا تستطيع سرقته صفحة تتظاهر بأنها هذه الصفحة.
enrol-with-passkey = بمفتاح مرور
enrol-passkey-hint = بصمتك أو وجهك أو قفل هذا الجهاز، أو مفتاح أمان. لا حاجة إلى كتابة أي رمز.
enrol-passkey = استخدام مفتاح مرور
enrol-no-passkey = لا يستطيع هذا المتصفح إنشاء مفتاح مرور هنا.
# Follows enrol-no-passkey.
enrol-passkey-elsewhere = تابع في متصفح آخر، أو على جهاز له قفل شاشة.
enrol-or-app = أو بتطبيق المصادقة
enrol-scan = امسح رمز QR هذا بالتطبيق
enrol-qr = رمز QR لتطبيق المصادقة
enrol-type = تعذّر المسح؟ اكتب مفتاح الإعداد هذا في التطبيق
enrol-confirm-code = أكّد بالرمز الذي يعرضه التطبيق
enrol-submit = تأكيد
enrol-not-now = ليس الآن

## The offer of a passkey after a sign-in with a password

# The browser may make a passkey by itself meanwhile.
passkey-offer-moment = لحظة من فضلك…
passkey-offer-title = سجّل الدخول في المرة القادمة بلا كلمة مرور
passkey-offer-lead = يحل مفتاح المرور محلها: بصمتك أو وجهك أو قفل هذا الجهاز، أو مفتاح أمان.

## A second factor is needed, and can't be set up here

enrol-refused-title = يلزم التحقق بخطوتين
# $account is the e-mail address.
enrol-refused-staff = يسجّل الموظفون الدخول بالتحقق بخطوتين، وهو غير مُعَدّ بعد لحساب { $account }.
enrol-refused-passkey-title = يلزم مفتاح مرور
# $account is the e-mail address.
enrol-refused-passkey = يسجّل الموظفون الدخول بمفتاح مرور، ولا يوجد بعد أي مفتاح مرور لحساب { $account }.
enrol-refused-staff-how = كي لا تكفي كلمة مرور مسروقة للدخول، لا يمكن إعداد التحقق بخطوتين إلا بدعوة. اطلب من زميل يدير حسابات الموظفين أن يرسل إليك دعوة.

## Save your recovery codes

recovery-codes-title = احفظ رموز الاسترداد
# $now is recovery-codes-now, in bold.
recovery-codes-lead = إذا فقدت هاتفك، فيمكنك تسجيل الدخول مرة واحدة بكل رمز من هذه الرموز. اطبعها أو احفظها في مدير كلمات المرور: { $now }.
# The end of recovery-codes-lead.
recovery-codes-now = لن تظهر إلا الآن
recovery-codes-copy = نسخ الرموز
# Stands on the button for a moment, after the codes were copied.
recovery-codes-copied = تم النسخ
recovery-codes-saved = لقد حفظتها

## One-time setup link

setup-title = إعداد حسابك
# $role is the name of a role, which is not translated.
setup-lead = سيكون لحسابك دور { $role }. بعد كلمة المرور ستُعِدّ التحقق بخطوتين: أبقِ هاتفك في متناول يدك.
setup-title-again = استعادة الوصول إلى حسابك
setup-lead-again = اختر كلمة مرور جديدة. بعدها ستُعِدّ التحقق بخطوتين: أبقِ هاتفك في متناول يدك.
# $time is a date and a time of day.
setup-expires = يعمل هذا الرابط مرة واحدة، حتى { $time }.
setup-wrong-code = هذا الرمز غير صحيح. تحقّق من ضبط الوقت على هاتفك وجرّب الرمز التالي.
setup-wrong-passkey = تعذّر إعداد مفتاح المرور هذا، أو استغرق الأمر وقتًا طويلًا. حاول مرة أخرى.
setup-gone = لم يعد رابط الإعداد هذا صالحًا
setup-gone-how = يعمل رابط الإعداد مرة واحدة ولمدة محدودة. اطلب رابطًا جديدًا ممّن أرسله إليك.

## Choose an account

select-account-title = اختر حسابًا
# $account is an e-mail address.
select-account-continue = المتابعة بحساب { $account }

## Consent

# $app is the name of an app, or "this app".
consent-title = هل تسمح بوصول { $app } إلى حسابك؟
# $app is the name of an app, or "this app"; $host is a host name, or consent-local-host; $account is an e-mail address.
consent-lead = يطلب { $app } ({ $host }) الوصول إلى حسابك { $account }.
# Stands for $host in consent-lead, when the app is not on the web.
consent-local-host = تطبيق على هذا الجهاز
# A list of permissions follows: scope-openid and the others.
consent-scopes = سيتمكّن التطبيق من الاطلاع على ما يلي أو استخدامه
# A button: yes.
consent-allow = سماح

## Permissions: what an app would be able to see or use, and a sentence about it

scope-openid = هويتك
scope-openid-hint = تأكيد أنك أنت، برقم يمثّل حسابك.
scope-profile = ملفك الشخصي
scope-profile-hint = اسمك وسائر ما في ملفك الشخصي.
scope-email = عنوان بريدك الإلكتروني
scope-address = عنوانك البريدي
scope-phone = رقم هاتفك
scope-groups = مجموعاتك
scope-groups-hint = أسماء أدوارك هنا.
scope-roles = أدوارك
scope-roles-hint = صفتك هنا وفريقك.
scope-offline-access = الوصول أثناء غيابك
scope-offline-access-hint = يبقى التطبيق متصلًا إلى أن تسجّل الخروج.

## A sign-in that is over

completed-title = لم تعد هذه الصفحة صالحة
completed-lead = أكملت عملية تسجيل الدخول هذه في مكان آخر، أو بقيت مفتوحة وقتًا طويلًا. لم تفقد أي شيء.
# $app is the name of an app, or "this app".
completed-return = العودة إلى { $app }

## Sign out

# The title of the page, and its button.
sign-out-submit = تسجيل الخروج
sign-out-title = هل تريد تسجيل الخروج؟
# $account is the e-mail address.
sign-out-account = سجّلت الدخول بحساب { $account }.
sign-out-apps = تسجيل الخروج يُنهي أيضًا جلساتك في التطبيقات التي فتحتها من هنا.
sign-out-stay = البقاء في الحساب

## Signed out

# In the title of the browser's tab.
signed-out-tab = تم تسجيل الخروج
signed-out-title = تم تسجيل خروجك
signed-out-lead = إذا كان الكمبيوتر مشتركًا، فأغلق المتصفح أيضًا.
# A link follows: accounts-title.
signed-out-others = لا تزال هناك حسابات أخرى مسجّلة الدخول:

## Not signed in

# In the title of the browser's tab.
not-signed-in-tab = لم يتم تسجيل الدخول
not-signed-in-title = لم تسجّل الدخول هنا
not-signed-in-lead = لا توجد في هذا المتصفح جلسة لتسجيل الخروج منها، لذا لم يُنهَ أي شيء.
not-signed-in-elsewhere = إذا كنت لا تزال مسجّل الدخول في متصفح آخر، فسجّل الخروج هناك.

## On the way back to an app

leaving-title = لحظة واحدة
leaving-lead = جارٍ إعادتك إلى التطبيق.

## Start page

home-title = مرحبًا
# $account is the e-mail address.
home-account = سجّلت الدخول بحساب { $account }.
# $app is the name of an app.
home-to-app = الانتقال إلى { $app }
# $product is the name of the product or the company.
home-lead = هنا يتم تسجيل الدخول إلى حسابات { $product }. عادةً ينقلك أحد التطبيقات إلى هنا ثم يعيدك إليه.
# For developers. A link follows: What it needs to connect.
home-developers = هل تطوّر تطبيقًا؟
home-discovery = ما يلزمه للاتصال
