## The cart

your-cart = سلتك
cart-empty = سلتك فارغة
cart-empty-text = ما تختاره ينتظر هنا حتى تطلبه.
price-each = { $price } للقطعة
line-sold-out = نفدت الكمية: يُرجى إزالته
line-few-left =
    { $stock ->
        [one] بقيت قطعة واحدة فقط: يُرجى تغيير الكمية
        [two] بقيت قطعتان فقط: يُرجى تغيير الكمية
        [few] بقيت { $stock } قطع فقط: يُرجى تغيير الكمية
        [many] بقيت { $stock } قطعة فقط: يُرجى تغيير الكمية
       *[other] بقيت { $stock } قطعة فقط: يُرجى تغيير الكمية
    }
quantity-of = كمية { $name }
# On buttons. The name of the product follows, for those who hear the page.
update = تحديث
remove = إزالة
order-now = اطلب الآن مقابل { $total }
pay-on-invoice = تدفع بموجب فاتورة بعد أن نجهّز طردك.
sign-in-to-order = سجّل الدخول للطلب
sign-in-to-order-text = ليس لديك حساب بعد؟ يمكنك إنشاء حساب هناك، وستبقى سلتك معك.
away = تسجيل الدخول غير ممكن حاليًا
away-text = سلتك محفوظة وستعود حالما تستجيب خدمة تسجيل الدخول من جديد.

## What keeps an order from being placed

total-changed = تغيّر الإجمالي
total-changed-text = تغيّرت الأسعار. الإجمالي الآن { $total }. راجع الطلب ثم أرسله من جديد.
out-of-stock = الكمية المتوفرة غير كافية
sold-out-text = نفدت كمية { $name }. غيّر سلتك لطلب الباقي.
few-left-text =
    { $stock ->
        [one] { $name }: بقيت قطعة واحدة فقط. غيّر سلتك لطلب الباقي.
        [two] { $name }: بقيت قطعتان فقط. غيّر سلتك لطلب الباقي.
        [few] { $name }: بقيت { $stock } قطع فقط. غيّر سلتك لطلب الباقي.
        [many] { $name }: بقيت { $stock } قطعة فقط. غيّر سلتك لطلب الباقي.
       *[other] { $name }: بقيت { $stock } قطعة فقط. غيّر سلتك لطلب الباقي.
    }
not-on-sale = لم يعد معروضًا للبيع
not-on-sale-text = أحد المنتجات لم يعد معروضًا للبيع. أزِله لطلب الباقي.
too-much = أكثر مما يتّسع له طلب واحد
too-much-text = الحد الأقصى للطلب: عدد المنتجات المختلفة { $lines }، وعدد القطع من كل منتج { $most }.
mixed-currencies = عملات مختلفة
mixed-currencies-text = لا يمكن جمع منتجات بعملات مختلفة في طلب واحد.
nothing-to-order-text = اختر شيئًا أولًا ثم اطلبه.
in-flight-text = يجري تسجيل طلبك. ستجده بعد لحظات ضمن «طلباتي».
cart-changed = تغيّرت سلتك
cart-changed-text = لم تعد كما عرضتها هذه الصفحة. راجعها ثم أرسل الطلب من جديد.
check-quantity = تحقّق من الكمية
check-quantity-text = اختر عددًا صحيحًا من 1 إلى { $most }. لم يتغيّر أي شيء.
