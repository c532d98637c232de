## Orders

no-orders = لا توجد طلبات بعد
no-orders-text = كل ما تطلبه يظهر هنا مع كل خطوة يمرّ بها.
order = الطلب { $reference }
older-orders = طلبات أقدم
thanks = شكرًا لك!
thanks-text = وصلنا طلبك. تعرض هذه الصفحة مراحل سيره.
what-you-ordered = ما طلبته
what-happened = ما حدث
# Who did something, and when.
event-by = { $who }، { $when }
actor-you = أنت
actor-shop = المتجر

## The payment of an order

payment-due = بانتظار الدفع
payment-paid = مدفوع
payment-refunded = تمت إعادة المبلغ
payment-cancelled = لا شيء للدفع
payment-due-again = الدفع معلّق من جديد
payment-received = تم استلام الدفعة
payment-returned = تمت إعادة الدفعة
payment-dropped = أُلغي الدفع

## The parcel of an order

order-new = تم الاستلام
order-packed = تم التغليف
order-shipped = في الطريق
order-delivered = تم التسليم
order-returned = مُرتجَع
order-cancelled = ملغى
order-placed = تم تقديم الطلب
parcel-new = عاد إلى البداية
parcel-packed = تم تغليف الطرد
parcel-shipped = الطرد في الطريق
parcel-delivered = تم تسليم الطرد
parcel-returned = عاد الطرد
parcel-cancelled = أُلغي الطلب

## After signing out

signed-out = تم تسجيل خروجك
signed-out-text = شكرًا لزيارتك. إلى اللقاء.
still-signed-in = لقد سجّلت الدخول
still-signed-in-text = استخدم الزر في الأعلى لتسجيل الخروج.
