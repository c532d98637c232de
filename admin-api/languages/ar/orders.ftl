## The list of orders

no-orders = لا توجد طلبات هنا
no-orders-found = لا يوجد طلب بهذه الحالة.
show-all-orders = عرض كل الطلبات
no-orders-yet = تظهر الطلبات هنا حالما يقدّمها العملاء.
look-at-storefront = عرض المتجر
newest-first = الأحدث أولًا
order-column = الطلب
placed = تاريخ الطلب
customer = العميل
payment = الدفع
fulfilment = التوصيل
items = المنتجات
older-orders = طلبات أقدم

## The page of an order

all-orders = كل الطلبات
order = الطلب { $reference }
nothing-changed = لم يتغيّر أي شيء
order-ended = انتهى هذا الطلب: لم يبقَ ما يمكن تغييره.
timeline = التسلسل الزمني
goods = المنتجات كما كانت عند تقديم الطلب
product = المنتج
price = السعر
sum = المجموع
order-changed = تم تغيير الطلب.
own-change = غيّرت هذا الطلب في علامة تبويب أخرى بعد أن فتحت هذه الصفحة. راجعه من جديد ثم قرّر.
changed-by = تغيّر الطلب في هذه الأثناء ({ $who }). راجعه من جديد ثم قرّر.
illegal = لا يمكن تغيير الطلب بهذا الشكل

## The confirmation of a change

question = { $act }؟
order-of = الطلب { $reference }، { $customer }، { $total }.
reason-hint-order = لزملائك، في سجل الطلب. لا يراه العميل.
keep-order = إبقاؤه كما هو

## The payment of an order

payment-due = مستحق
payment-paid = مدفوع
payment-refunded = مُعاد
payment-cancelled = ملغى
set-paid = تحديد كمدفوع
set-refunded = إعادة المبلغ
set-payment-cancelled = إلغاء الدفع
set-due = الدفع مستحق من جديد
loss-refunded = يستعيد العميل ماله، وتُسوّى دفعة هذا الطلب نهائيًا.
loss-payment-cancelled = لن يدفع أحد ثمن هذا الطلب بعد الآن، ولا يمكن التراجع عن ذلك.

## The fulfilment of an order

order-new = جديد
order-packed = مغلَّف
order-shipped = مُرسَل
order-delivered = مُسلَّم
order-returned = مُرتجَع
order-cancelled = ملغى
set-packed = تحديد كمغلَّف
set-shipped = تحديد كمُرسَل
set-delivered = تحديد كمُسلَّم
set-returned = تحديد كمُرتجَع
set-cancelled = إلغاء الطلب
set-new = غير مغلَّف في الواقع
loss-cancelled = تعود المنتجات إلى المخزون، ولا يمكن تغليف الطلب أو إرساله بعد ذلك أبدًا.
loss-returned = ينتهي الطلب هنا: لا يمكن إرساله أو تسليمه مرة أخرى.

## Events of an order

event-placed = تم تقديم الطلب
event-payment = الدفع: { $from } ← { $to }
event-fulfilment = التوصيل: { $from } ← { $to }

## Why an order does not change

illegal-never-sent = لا يمكن دفع طلب لن يُرسل أبدًا.
illegal-not-paid = لا يمكن إعادة مبلغ لم يُدفع.
illegal-paid = ما دُفع لا يمكن إلا إعادته.
illegal-same-payment = للطلب حالة الدفع هذه بالفعل.
illegal-settled = تمت تسوية دفعة هذا الطلب.
illegal-payment-cancelled = لا يمكن تغليف طلب أُلغي دفعه.
illegal-unpaid = لا يُرسل الطلب إلا بعد دفعه.
illegal-same-fulfilment = للطلب حالة التوصيل هذه بالفعل.
illegal-ended = انتهى توصيل هذا الطلب.
illegal-shipped = ما أُرسل لا يمكن إلا إرجاعه.
illegal-order = يُغلَّف الطلب ثم يُرسل ثم يُسلَّم.
