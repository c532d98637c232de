## Around every page

shop-label = المتجر
about-label = عن المتجر
products = المنتجات
cart = السلة
my-orders = طلباتي
# The same where there is little room.
my-orders-short = الطلبات
# Behind a number that stands for itself.
item-word =
    { $count ->
        [one] منتج
        [few] منتجات
        [many] منتجًا
       *[other] منتج
    }
items =
    { $count ->
        [one] منتج واحد
        [two] منتجان
        [few] { $count } منتجات
        [many] { $count } منتجًا
       *[other] { $count } منتج
    }
sign-in = تسجيل الدخول
# Stands for the name of a customer who has none.
signed-in = تم تسجيل الدخول
signing-in-impossible = تسجيل الدخول غير ممكن الآن
look-at-products = عرض المنتجات
go-to-products = الانتقال إلى المنتجات

## Catalogue

hero-title = أشياء جميلة لطاولة المطبخ
hero-text = صُنعت على مهل لتبقى طويلًا. اختر ما يعجبك، ولن تحتاج إلى تسجيل الدخول إلا عند الطلب.
nothing-on-sale = لا يوجد شيء معروض للبيع حاليًا
nothing-on-sale-text = يُرجى العودة لاحقًا.
sold-out = نفدت الكمية
few-left =
    { $stock ->
        [one] بقيت قطعة واحدة فقط
        [two] بقيت قطعتان فقط
        [few] بقيت { $stock } قطع فقط
        [many] بقيت { $stock } قطعة فقط
       *[other] بقيت { $stock } قطعة فقط
    }
in-stock = متوفر
add-to-cart = إضافة إلى السلة
more-products = المزيد من المنتجات

## Content pages

last-updated = آخر تحديث: { $when }
