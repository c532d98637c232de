//! What Linux tells about a process: the time its threads had on a core, and the memory it has.

use std::{fs, time::Duration};

/// Ticks of `/proc/PID/stat` in a second: `USER_HZ`, 100 on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// A process of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process(pub u32);

impl Process {
    /// This program.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    /// Time on a core so far, all threads together; to 10 ms. None when the process is gone.
    pub fn cpu(self) -> Option<Duration> {
        cpu(&self.read("stat")?)
    }

    /// Resident memory, KiB.
    pub fn rss(self) -> Option<u64> {
        kib(&self.read("status")?, "VmRSS:")
    }

    /// The most resident memory since [`Process::forget_peak`], KiB.
    pub fn peak(self) -> Option<u64> {
        kib(&self.read("status")?, "VmHWM:")
    }

    /// Lets the peak begin anew; a kernel that doesn't leaves it since the start.
    pub fn forget_peak(self) {
        let _ = fs::write(format!("/proc/{}/clear_refs", self.0), "5");
    }

    /// How many files and connections it may have open at the same time; none without a limit.
    pub fn most_open_files(self) -> Option<u64> {
        open_files(&self.read("limits")?)
    }

    fn read(self, file: &str) -> Option<String> {
        fs::read_to_string(format!("/proc/{}/{file}", self.0)).ok()
    }
}

/// The program's name, in parentheses, may contain both spaces and parentheses.
fn cpu(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_ascii_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some(Duration::from_millis((user + system) * 1000 / TICKS))
}

fn kib(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// The soft limit, which is the one that holds.
fn open_files(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_is_the_time_of_user_and_system_whatever_the_program_is_called() {
        let stat = "12 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 150 7 0 0 20 0 3 0 99 1 2";
        assert_eq!(cpu(stat), Some(Duration::from_millis(1570)));
        assert_eq!(cpu("12 (a) S 1"), None);
        assert_eq!(cpu(""), None);
    }

    #[test]
    fn memory_is_read_by_its_name() {
        let status = "Name:\tx\nVmHWM:\t   2048 kB\nVmRSS:\t    1024 kB\nVmX:\t1 MB\n";
        assert_eq!((kib(status, "VmRSS:"), kib(status, "VmHWM:")), (Some(1024), Some(2048)));
        assert_eq!((kib(status, "VmX:"), kib(status, "VmData:")), (None, None));
    }

    #[test]
    fn this_very_process_has_both() {
        assert!(Process::own().rss().is_some_and(|kib| kib > 100));
        assert!(Process::own().cpu().is_some());
        assert!(Process::own().most_open_files() != Some(0));
    }

    #[test]
    fn the_limit_of_open_files_is_the_soft_one() {
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax processes  7  8  processes\nMax open files  1024  4096  files\n";
        assert_eq!(open_files(limits), Some(1024));
        for limits in ["", "Max open files", "Max open files  unlimited  unlimited  files"] {
            assert_eq!(open_files(limits), None);
        }
    }
}
