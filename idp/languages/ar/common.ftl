## Words of several pages

continue = متابعة
cancel = إلغاء
cancel-to-app = إلغاء والعودة إلى { $app }
sign-in = تسجيل الدخول
sign-in-staff = تسجيل دخول الموظفين
your-account = حسابك
change = تغيير
see = عرض
email-address = البريد الإلكتروني
password = كلمة المرور
new-password = كلمة المرور الجديدة
code = الرمز
one-time-code = رمز لمرة واحدة
create-account = إنشاء حساب
use-another-account = استخدام حساب آخر
to-start-page = الانتقال إلى صفحة البداية
start-again = البدء من جديد
back = رجوع
choose-new-password = اختيار كلمة مرور جديدة
recovery-codes = رموز الاسترداد
passkeys = مفاتيح المرور
authenticator-app = تطبيق المصادقة
remove = إزالة
name = الاسم
# Stands for the name of an app that is not known.
this-app = هذا التطبيق

# Before the title of a page on which something has to be changed.
title-error = خطأ:
problem-heading = هناك مشكلة

## Around every page

# Beside the product's name, in a realm for the people who work there.
badge-staff = الموظفون
terms-of-service = شروط الخدمة
privacy-policy = سياسة الخصوصية
help = مساعدة
# { $app } is the name of an app.
continue-to-app = للمتابعة إلى { $app }

## A new password

password-hint =
    { $least ->
        [one] حرف واحد على الأقل. بضع كلمات لا رابط بينها تكفي لكلمة مرور قوية يسهل تذكّرها.
        [two] حرفان على الأقل. بضع كلمات لا رابط بينها تكفي لكلمة مرور قوية يسهل تذكّرها.
        [few] { $least } أحرف على الأقل. بضع كلمات لا رابط بينها تكفي لكلمة مرور قوية يسهل تذكّرها.
        [many] { $least } حرفًا على الأقل. بضع كلمات لا رابط بينها تكفي لكلمة مرور قوية يسهل تذكّرها.
       *[other] { $least } حرف على الأقل. بضع كلمات لا رابط بينها تكفي لكلمة مرور قوية يسهل تذكّرها.
    }
password-show = إظهار
password-show-label = إظهار كلمة المرور
password-hide = إخفاء
password-hide-label = إخفاء كلمة المرور

## Passkeys, told by the script of a page

passkey-failed = لم ينجح ذلك. يمكنك المحاولة مرة أخرى.
passkey-known = يوجد على هذا الجهاز مفتاح مرور لحسابك بالفعل.

## The page on which people choose their language

language-title = اختر لغتك
language-lead = من الآن فصاعدًا ستظهر هذه الصفحات وتصلك رسائلنا باللغة التي تختارها.
# The link to that page; { $language } is the name of the language in use.
language-link = اللغة: { $language }
