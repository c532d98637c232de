## Around every page

skip = الانتقال إلى المحتوى
sign-out = تسجيل الخروج
your-account = حسابك
# Before the name of the person, for those who hear the page.
your-account-label = حسابك:
staff-sign-in = تسجيل دخول الموظفين
back = رجوع

## The foot of an error page

to-start-page = الانتقال إلى صفحة البداية
# Before the code of the error.
for-support = لفريق الدعم:
# Behind that code, and before the id of the request.
and-request = ، الطلب

## Goods

total = الإجمالي
quantity = الكمية
# A price. { $number } is written as this language writes numbers.
money =
    { $currency ->
        [EUR] { $number } €
        [GBP] { $number } £
        [USD] { $number } $
       *[other] { $number } { $currency }
    }

## The page on which people choose their language

language-title = اختر لغتك
language-lead = من الآن فصاعدًا ستظهر هذه الصفحات باللغة التي تختارها.
# The link to that page; { $language } is the name of the language in use.
language-link = اللغة: { $language }
