## Around every page

console = لوحة الموظفين
console-label = لوحة التحكم
overview = نظرة عامة
content = المحتوى
orders = الطلبات
for-staff-only = للموظفين فقط. الطلب
# Before the title of a page on which something has to be changed.
title-error = خطأ:
show = عرض
any = الكل
state = الحالة
why = لماذا؟
nothing-changed-yet = لم يتغيّر أي شيء بعد

## The invitation to sign in

landing-text = محتوى المتجر وطلباته. تحتاج إلى حساب موظف وإلى تطبيق المصادقة؛ لا تعمل حسابات العملاء هنا.
looking-for-shop = هل تبحث عن المتجر؟
go-to-storefront = الانتقال إلى المتجر
# What happened, and a sentence about it.
notice = { $heading }. { $sentence }

## After signing in again for a dangerous action

step-up-done = لقد سجّلت الدخول مجددًا. لم يتغير شيء بعد، ولم يُفقد شيء مما كتبته.
# After a sign-in that failed; the reason stands before it.
step-up-again = لم يتغير شيء، ولم يُفقد شيء مما كتبته. يمكنك المحاولة مجددًا.
# A button.
step-up-look = مراجعة النص أولًا
step-up-no-form = لا توجد استمارة تنتظر هنا
step-up-no-form-text = لم يتغيّر شيء. تنتظر الاستمارة خمس عشرة دقيقة، ولا تنتظر إلا من ملأها: إذا سجّلت الدخول بحساب آخر، فسجّل الدخول بالحساب الأول من جديد ثم عُد إلى هذه الصفحة.

## Error pages

go-to-overview = الانتقال إلى النظرة العامة
not-from-here = ليس من هنا
not-from-here-text = لا يمكن استخدام قسم الموظفين إلا من الشبكات التي حدّدها القائمون عليه. هل أنت على الشبكة الصحيحة، أم أن شبكة VPN متوقفة؟
unknown-address = لا يمكن عرض هذه الصفحة بهذا الشكل
unknown-address-text = في عنوانها شيء غير معروف هنا. ابدأ من النظرة العامة واختر من جديد.

## The overview

open-content = فتح المحتوى
open-orders = فتح الطلبات
# Below the number of pages.
content-figures =
    { $total ->
        [one] صفحة، { $rest }
        [few] صفحات، { $rest }
        [many] صفحة، { $rest }
       *[other] صفحة، { $rest }
    }
nothing-waits = لا شيء بانتظار النشر
drafts-wait =
    { $drafts ->
        [one] صفحة واحدة لم تُنشر قط
        [two] صفحتان لم تُنشرا قط
        [few] { $drafts } صفحات لم تُنشر قط
        [many] { $drafts } صفحة لم تُنشر قط
       *[other] { $drafts } صفحة لم تُنشر قط
    }
changes-wait =
    { $changed ->
        [one] صفحة واحدة فيها تغييرات بانتظار النشر
        [two] صفحتان فيهما تغييرات بانتظار النشر
        [few] { $changed } صفحات فيها تغييرات بانتظار النشر
        [many] { $changed } صفحة فيها تغييرات بانتظار النشر
       *[other] { $changed } صفحة فيها تغييرات بانتظار النشر
    }
both-wait = { $one }، { $other }
# Below the number of orders to work on.
order-figures =
    { $open ->
        [few] طلبات قيد العمل، الإجمالي { $total }
        [many] طلبًا قيد العمل، الإجمالي { $total }
       *[other] طلب قيد العمل، الإجمالي { $total }
    }
who-you-are = من أنت
name = الاسم
email-address = البريد الإلكتروني
team = الفريق
roles = الأدوار
permissions = الأذونات
no-roles = لا يوجد
no-permissions = لا يوجد
signed-in-with = وسيلة تسجيل الدخول
with-both = كلمة المرور وتطبيق المصادقة
with-password = كلمة المرور
with-app = تطبيق المصادقة
with-two-factors = عاملان
account-page = كلمة المرور وتطبيق المصادقة ورموز الاسترداد

## People

you = أنت
a-colleague = زميل لا يُعرف اسمه هنا بعد
the-demo-data = البيانات التجريبية
a-customer = عميل لا يُعرف اسمه هنا بعد
the-customer = العميل
# When something happened, and who did it.
when-who = { $when }، { $who }
when-by = { $when } ({ $who })

## The reason of a change

reason-hidden = أزِل فواصل الأسطر والأحرف غير المرئية.
reason-missing = اذكر السبب في بضع كلمات.
reason-too-long = اذكره في { $most } حرف على الأكثر.

## After signing out

signed-out-tab = تم تسجيل الخروج
signed-out = تم تسجيل خروجك
signed-out-text = إذا كان الكمبيوتر مشتركًا، فأغلق المتصفح أيضًا.
