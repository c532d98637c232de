## What an account has: labels and hints

claim-name = اسمك
claim-given-name = الاسم الأول
claim-middle-name = الاسم الأوسط
claim-family-name = اسم العائلة
claim-nickname = اللقب
claim-username = اسم المستخدم
claim-username-hint = حروف لاتينية صغيرة وأرقام ونقاط وشرطات وشرطات سفلية. تعرضه التطبيقات.
claim-birthdate = تاريخ الميلاد
claim-birthdate-hint = السنة ثم الشهر ثم اليوم، مثل {"\u2066"}1985-12-31{"\u2069"}.
claim-gender = الجنس
claim-phone = رقم الهاتف
claim-phone-hint = مع رمز البلد، مثل {"\u2066"}+44 20 7123 4567{"\u2069"}.
claim-address = العنوان
claim-address-hint = كما يُكتب على الرسائل البريدية.
claim-locale = اللغة
claim-locale-hint = مثل en-GB أو de.
claim-zone = المنطقة الزمنية
claim-zone-hint = مثل Europe/London.
claim-website = الموقع الإلكتروني
claim-profile = صفحة عنك
claim-picture = رابط صورة لك
claim-url-hint = يبدأ بـ {"\u2066"}https://{"\u2069"}.
# Behind the label of a field that may be left empty.
claim-optional = { $label } (اختياري)

## What has to change in a field. { $claim } is its label.

field-empty = لا يمكن ترك «{ $claim }» فارغًا.
field-line = اكتب في «{ $claim }» سطرًا واحدًا لا يتجاوز 100 حرف.
field-url = اكتب في «{ $claim }» رابط https لا يتجاوز 1000 بايت.
field-date = اكتب في «{ $claim }» تاريخًا مثل {"\u2066"}1985-12-10{"\u2069"} أو {"\u2066"}0000-12-10{"\u2069"} أو 1985.
field-zone = اكتب في «{ $claim }» منطقة زمنية مثل Europe/London.
field-locale = اكتب في «{ $claim }» رمز لغة مثل en-GB.
field-phone = اكتب في «{ $claim }» رقم هاتف مثل {"\u2066"}+442071234567{"\u2069"}.
field-address = اكتب في «{ $claim }» نصًّا لا يتجاوز 200 حرف.
field-not-own = لا يمكن لأحد أن يحدّد «{ $claim }» لنفسه.
field-hidden = كانت في حقل «{ $claim }» أحرف غير مرئية، وقد أُزيلت. راجع الحقل ثم تابع.
name-hidden = كانت في هذا الاسم أحرف غير مرئية، وقد أُزيلت. راجع الاسم ثم تابع.
name-too-long = استخدم اسمًا لا يتجاوز 100 حرف.
email-invalid = أدخل عنوان بريد إلكتروني مثل name@example.com.
email-same = هذا هو عنوانك الحالي بالفعل.
email-taken = تعذّر إنشاء حساب بهذا العنوان. إذا كان العنوان لك، فسجّل الدخول بدلًا من ذلك.
username-taken = اسم المستخدم هذا محجوز. اختر اسمًا آخر.
username-invalid = استخدم في اسم المستخدم حروفًا لاتينية صغيرة وأرقامًا ونقاطًا وشرطات وشرطات سفلية، 64 على الأكثر. ويجب أن يبدأ بحرف أو رقم.

## New passwords

password-empty = أدخل كلمة مرور.
password-too-short =
    { $least ->
        [one] استخدم حرفًا واحدًا على الأقل.
        [two] استخدم حرفين على الأقل.
        [few] استخدم { $least } أحرف على الأقل.
        [many] استخدم { $least } حرفًا على الأقل.
       *[other] استخدم { $least } حرف على الأقل.
    }
password-too-long =
    { $most ->
        [one] استخدم حرفًا واحدًا على الأكثر.
        [two] استخدم حرفين على الأكثر.
        [few] استخدم { $most } أحرف على الأكثر.
        [many] استخدم { $most } حرفًا على الأكثر.
       *[other] استخدم { $most } حرف على الأكثر.
    }
password-hidden = في كلمة المرور هذه حرف غير مرئي. اكتب كلمة المرور بدلًا من لصقها.
# { $why } is one of the sentences below.
password-too-common = كلمة المرور هذه سهلة التخمين. { $why }
password-of-person = معظم كلمة المرور هذه مأخوذ من اسمك أو بريدك الإلكتروني. اختر واحدة لا يستطيع الآخرون ربطها بك.
password-of-product = معظم كلمة المرور هذه مأخوذ من اسم هذه الخدمة. اختر واحدة لا علاقة لها به.
password-why-keyboard = تتبع مفاتيح متجاورة على لوحة المفاتيح.
password-why-repeats = تكرّر الأحرف نفسها.
password-why-sequence = تتبع تسلسل الأرقام أو الحروف الأبجدية.
password-why-date = معظمها تاريخ.
password-why-name = معظمها اسم شائع.
password-why-word = إنها كلمة واحدة فقط.
password-why-common = إنها من كلمات المرور الشائعة أو قريبة من إحداها.
# While a password is typed that is accepted.
password-fair = كلمة المرور هذه مقبولة، وكلمة إضافية تجعلها أقوى.
password-strong = كلمة مرور قوية.
