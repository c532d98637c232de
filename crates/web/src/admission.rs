//! Decides which connections get a slot of a listener (Q3). An address, or an IPv6 /64, may have a share of the slots,
//! and only some of them for connections that haven't sent a whole request head yet. When no slot is free, the
//! connection that has waited longest for its peer is closed: a slow attacker's connections wait long, an honest
//! client's only a moment.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// One slot in this many is reserved for addresses with fewer than [`FEW`] connections.
const RESERVE: usize = 8;
/// The most connections of an address when only the reserve is left: a browser opens six.
const FEW: usize = 8;
/// How many connections beyond the limit may be accepted while dismissed ones are still closing.
const LEAVING: usize = 64;

/// The most connections of a listener.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capacity {
    pub(super) connections: usize,
    pub(super) per_address: usize,
    pub(super) heads_per_address: usize,
}

/// What a connection is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// A request head: the connection's first one, or one that has begun to arrive.
    Head,
    /// The next request.
    Idle,
}

/// The slots of one listener; clones share them.
#[derive(Debug, Clone)]
pub(super) struct Admission(Arc<(Mutex<Book>, Notify)>);

#[derive(Debug)]
struct Book {
    room: Capacity,
    open: usize,
    turn: u64,
    /// Every connection that waits for its peer, the longest waiting first.
    waiting: BTreeMap<u64, (IpAddr, Arc<Notify>)>,
    holders: HashMap<IpAddr, Holder>,
}

/// The connections of one address.
#[derive(Debug, Default)]
struct Holder {
    open: usize,
    heads: BTreeSet<u64>,
    idle: BTreeSet<u64>,
}

/// A connection's slot, freed when it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    admission: Admission,
    /// The address that the connection is counted for; `None` for a trusted proxy, which has many clients.
    holder: Option<IpAddr>,
    turn: Option<u64>,
    dismissed: Arc<Notify>,
}

impl Admission {
    pub(super) fn new(room: Capacity) -> Self {
        let book = Book { room, open: 0, turn: 0, waiting: BTreeMap::new(), holders: HashMap::new() };
        Self(Arc::new((Mutex::new(book), Notify::new())))
    }

    /// Whether a connection can be accepted, if necessary in place of a waiting one.
    pub(super) fn has_room(&self) -> bool {
        let book = self.book();
        book.open < book.room.connections
            || (!book.waiting.is_empty() && book.open < book.room.connections + LEAVING)
    }

    /// Resolves when a connection has begun to wait and could be replaced.
    pub(super) async fn changed(&self) {
        self.0.1.notified().await;
    }

    /// A slot for a new connection; `None` when its address has used its share and none of its connections waits.
    /// `holder` is the address that the connection is counted for, or `None` for a trusted proxy.
    pub(super) fn enter(&self, holder: Option<IpAddr>) -> Option<Slot> {
        let mut book = self.book();
        if let Some(address) = holder
            && !book.makes_room_for(address)
        {
            return None;
        }
        if book.open >= book.room.connections {
            book.dismiss_oldest();
        }
        book.open += 1;
        if let Some(address) = holder {
            book.holders.entry(address).or_default().open += 1;
        }
        drop(book);
        Some(Slot { admission: self.clone(), holder, turn: None, dismissed: Arc::default() })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// Whether the address may have one more connection. Dismisses one of its waiting connections if necessary.
    fn makes_room_for(&mut self, address: IpAddr) -> bool {
        let few_are_left = self.open >= self.room.connections - self.room.connections / RESERVE;
        let most = if few_are_left { FEW.min(self.room.per_address) } else { self.room.per_address };
        let Some(holder) = self.holders.get(&address) else { return true };
        let gives_way = if holder.heads.len() >= self.room.heads_per_address {
            holder.heads.first()
        } else if holder.open >= most {
            holder.heads.first().or(holder.idle.first())
        } else {
            return true;
        };
        gives_way.copied().is_some_and(|turn| {
            self.dismiss(turn);
            true
        })
    }

    fn dismiss_oldest(&mut self) {
        if let Some(turn) = self.waiting.keys().next().copied() {
            self.dismiss(turn);
        }
    }

    fn dismiss(&mut self, turn: u64) {
        if let Some(dismissed) = self.leave_queue(turn) {
            dismissed.notify_one();
        }
    }

    fn leave_queue(&mut self, turn: u64) -> Option<Arc<Notify>> {
        let (address, dismissed) = self.waiting.remove(&turn)?;
        if let Some(holder) = self.holders.get_mut(&address) {
            holder.heads.remove(&turn);
            holder.idle.remove(&turn);
        }
        Some(dismissed)
    }
}

impl Slot {
    /// Notified when the connection is to give up its slot. A connection that is busy by then ignores it.
    pub(super) fn dismissed(&self) -> Arc<Notify> {
        self.dismissed.clone()
    }

    /// Notes that the connection waits for its peer from now on.
    pub(super) fn waits_for(&mut self, what: Wait) {
        self.is_busy();
        let Some(address) = self.holder else { return };
        let mut book = self.admission.book();
        book.turn += 1;
        let (turn, most) = (book.turn, book.room.heads_per_address);
        book.waiting.insert(turn, (address, self.dismissed.clone()));
        let holder = book.holders.entry(address).or_default();
        match what {
            Wait::Head => holder.heads.insert(turn),
            Wait::Idle => holder.idle.insert(turn),
        };
        // connections that arrived together were all let in before any of them waited
        let surplus = holder.heads.first().copied().filter(|_| holder.heads.len() > most);
        if let Some(surplus) = surplus {
            book.dismiss(surplus);
        }
        if book.open >= book.room.connections {
            self.admission.0.1.notify_one();
        }
        drop(book);
        self.turn = Some(turn);
    }

    /// Notes that the peer waits for an answer from now on.
    pub(super) fn is_busy(&mut self) {
        if let Some(turn) = self.turn.take() {
            self.admission.book().leave_queue(turn);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.is_busy();
        let mut book = self.admission.book();
        book.open -= 1;
        let Some(address) = self.holder else { return };
        if let Some(holder) = book.holders.get_mut(&address) {
            holder.open -= 1;
            if holder.open == 0 {
                book.holders.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::time::timeout;

    use super::*;

    const ROOM: Capacity = Capacity { connections: 80, per_address: 20, heads_per_address: 5 };

    fn enter(admission: &Admission, number: u8) -> Option<Slot> {
        admission.enter(Some(Ipv4Addr::new(192, 0, 2, number).into()))
    }

    /// A connection that waits for a head.
    fn half_sent(admission: &Admission, number: u8) -> Option<Slot> {
        let mut slot = enter(admission, number)?;
        slot.waits_for(Wait::Head);
        Some(slot)
    }

    async fn is_dismissed(slot: &Slot) -> bool {
        timeout(std::time::Duration::ZERO, slot.dismissed().notified()).await.is_ok()
    }

    #[tokio::test]
    async fn of_an_address_with_too_many_half_sent_heads_the_oldest_gives_way() {
        let admission = Admission::new(ROOM);
        let first: Vec<_> = (0..ROOM.heads_per_address).map(|_| half_sent(&admission, 1).unwrap()).collect();
        let other = half_sent(&admission, 2).unwrap();
        let next = half_sent(&admission, 1);
        assert!(next.is_some());
        assert!(
            is_dismissed(&first[0]).await && !is_dismissed(&first[1]).await && !is_dismissed(&other).await
        );
    }

    #[tokio::test]
    async fn q3_of_connections_that_arrive_together_no_more_wait_for_a_head_than_one_address_may_have() {
        let admission = Admission::new(ROOM);
        let mut burst: Vec<_> = (0..ROOM.per_address).map(|_| enter(&admission, 1).unwrap()).collect();
        for slot in &mut burst {
            slot.waits_for(Wait::Head);
        }
        let mut dismissed = 0;
        for slot in &burst {
            dismissed += usize::from(is_dismissed(slot).await);
        }
        assert_eq!(dismissed, ROOM.per_address - ROOM.heads_per_address);
    }

    #[tokio::test]
    async fn an_address_that_needs_its_share_gets_no_more_and_the_others_theirs() {
        let admission = Admission::new(ROOM);
        let mut busy: Vec<_> = (0..ROOM.per_address).map(|_| enter(&admission, 1).unwrap()).collect();
        assert!(enter(&admission, 1).is_none());
        assert!(enter(&admission, 2).is_some());
        busy[7].waits_for(Wait::Idle);
        assert!(enter(&admission, 1).is_some());
        assert!(is_dismissed(&busy[7]).await);
    }

    #[tokio::test]
    async fn the_last_places_are_for_those_who_have_few() {
        let admission = Admission::new(ROOM);
        let mut busy = Vec::new();
        for number in 1..=4 {
            busy.extend(std::iter::from_fn(|| enter(&admission, number)).take(ROOM.per_address));
        }
        assert_eq!(busy.len(), ROOM.connections - ROOM.connections / RESERVE);
        let newcomer: Vec<_> = (0..FEW).map(|_| enter(&admission, 5)).collect();
        assert!(newcomer.iter().all(Option::is_some));
        assert!(enter(&admission, 5).is_none());
    }

    #[tokio::test]
    async fn at_a_full_listener_whoever_waits_longest_gives_way_and_a_proxy_never() {
        let admission = Admission::new(Capacity { connections: 3, per_address: 3, heads_per_address: 3 });
        let mut proxy = admission.enter(None).unwrap();
        proxy.waits_for(Wait::Idle);
        let (old, young) = (half_sent(&admission, 1).unwrap(), half_sent(&admission, 2).unwrap());
        assert!(admission.has_room());
        let busy = enter(&admission, 3).unwrap();
        assert!(is_dismissed(&old).await && !is_dismissed(&young).await && !is_dismissed(&proxy).await);
        drop((old, young));
        let another = enter(&admission, 4).unwrap();
        assert!(!admission.has_room(), "nobody is left who only waits");
        drop(busy);
        assert!(admission.has_room());
        drop((another, proxy));
        assert!(admission.book().holders.is_empty() && admission.book().waiting.is_empty());
    }
}
