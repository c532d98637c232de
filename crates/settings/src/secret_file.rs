//! Files with one secret each (E6, K15): readable by their owner only, or mounted by an orchestrator; created once and
//! atomically.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

use clock::random::{Random, token};
use runtime::terminal::complain;
use rustix::{
    fs::{StatVfsMountFlags, fstatvfs},
    process::geteuid,
};

use crate::secret_text::{self, Unclear};

/// Larger than any secret, but small enough to read a wrong file without harm.
const MAX_BYTES: u64 = 64 * 1024;

/// Why a secret can't be read from its file. Never contains the content.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file can't be read or written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A directory, a device, or larger than 64 KiB.
    #[error("is not a file of at most 64 KiB")]
    NotASecret,
    /// The group or others have access; the value is the permission bits.
    #[error("others have access to this file (mode {0:04o}); run chmod 600 on it")]
    Exposed(u32),
    /// The same on a read-only mount, where the mode can't be changed.
    #[error(
        "others have access to this file (mode {0:04o}), which lies on a read-only mount: \
         let it be mounted with mode 0400, or 0440 for a group of this process"
    )]
    ExposedByMount(u32),
    /// Not UTF-8.
    #[error("is not UTF-8 text")]
    NotText,
    /// The content is not a usable secret.
    #[error("{0}")]
    Unclear(#[from] Unclear),
}

/// Properties of a file and its mount that decide which modes are acceptable.
#[derive(Debug, Clone, Copy)]
struct Ownership {
    /// The process owns the file.
    is_own: bool,
    /// The mount is read-only.
    is_read_only: bool,
    /// The folder passes its group on to new files, as Kubernetes volumes with an `fsGroup` do.
    has_group_of_folder: bool,
}

/// The secret in a file, without surrounding white space and the line end that editors add. Its group may read the file
/// if an orchestrator has mounted it for this process; then standard error gets a note.
///
/// # Errors
/// [`SecretFileError`]; any other file that somebody besides its owner may access is refused.
pub fn read(path: &Path) -> Result<String, SecretFileError> {
    let file = File::open(path)?;
    // metadata of the opened file, not of the path, which could be replaced in between
    let meta = file.metadata()?;
    if !meta.is_file() || meta.len() > MAX_BYTES {
        return Err(SecretFileError::NotASecret);
    }
    let mode = meta.mode() & 0o7777;
    let folder = path.parent().and_then(|folder| fs::metadata(folder).ok());
    let ownership = Ownership {
        is_own: meta.uid() == geteuid().as_raw(),
        is_read_only: fstatvfs(&file).is_ok_and(|mount| mount.f_flag.contains(StatVfsMountFlags::RDONLY)),
        has_group_of_folder: folder.is_some_and(|it| it.mode() & 0o2000 != 0 && it.gid() == meta.gid()),
    };
    if judge(mode, ownership)? {
        let path = path.display();
        complain(format_args!(
            "{path}: its group may read this secret (mode {mode:04o}), as its mount wants it"
        ));
    }
    let mut raw = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut raw)?;
    let text = String::from_utf8(raw).map_err(|_| SecretFileError::NotText)?;
    Ok(secret_text::read(&text)?.to_owned())
}

/// Whether the group may read the file as well. An error if more access is granted than a mount needs.
fn judge(mode: u32, ownership: Ownership) -> Result<bool, SecretFileError> {
    let is_mounted_for_us = !ownership.is_own && (ownership.is_read_only || ownership.has_group_of_folder);
    // the mount may prevent writing, but a mode with write access for the group is never right for a secret
    match mode & 0o077 {
        0 => Ok(false),
        0o040 if is_mounted_for_us => Ok(true),
        _ if ownership.is_read_only => Err(SecretFileError::ExposedByMount(mode)),
        _ => Err(SecretFileError::Exposed(mode)),
    }
}

/// The secret in a file. If the file is missing, it is created with 32 random bytes in base64url, and its directory
/// with access for the owner only. When two processes start at once, both get the same secret.
///
/// # Errors
/// [`SecretFileError`].
pub fn read_or_create(path: &Path, random: &dyn Random) -> Result<String, SecretFileError> {
    if !path.try_exists()? {
        create(path, &token(random), random)?;
    }
    read(path)
}

/// Writes the whole file under another name and links it to its path. So the file is never incomplete, and never
/// replaces one that was created meanwhile.
fn create(path: &Path, secret: &str, random: &dyn Random) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let draft = directory.join(format!(".{}.new", token(random)));
    let written = write(&draft, secret).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome,
    });
    fs::remove_file(&draft).or_else(|error| if written.is_err() { Ok(()) } else { Err(error) })?;
    written?;
    File::open(directory)?.sync_all()
}

fn write(path: &Path, secret: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(secret.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use clock::random::OsRandom;

    use super::*;

    fn put(directory: &Path, content: &[u8], mode: u32) -> std::path::PathBuf {
        let path = directory.join("secret");
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn a_secret_is_created_once_with_owner_only_modes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("data/secrets/pepper");
        let first = read_or_create(&path, &OsRandom).unwrap();
        assert_eq!(first.len(), 43);
        assert_eq!(read_or_create(&path, &OsRandom).unwrap(), first);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn o9_processes_that_start_together_agree_on_one_secret() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secrets/pepper");
        let secrets: Vec<String> = std::thread::scope(|scope| {
            let starts: Vec<_> =
                (0..8).map(|_| scope.spawn(|| read_or_create(&path, &OsRandom).unwrap())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(secrets.iter().all(|secret| *secret == secrets[0]));
    }

    #[test]
    fn e6_a_file_that_others_may_read_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        for mode in [0o644, 0o640, 0o604, 0o660] {
            let path = put(directory.path(), b"canary-4711", mode);
            let error = read(&path).unwrap_err();
            assert!(matches!(error, SecretFileError::Exposed(seen) if seen == mode));
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
        assert_eq!(read(&put(directory.path(), b"one\r\n", 0o600)).unwrap(), "one");
        assert_eq!(read(&put(directory.path(), b"two", 0o400)).unwrap(), "two");
    }

    #[test]
    fn pool7_a_group_may_read_what_an_orchestrator_mounted_for_this_process() {
        let own = Ownership { is_own: true, is_read_only: true, has_group_of_folder: true };
        let read_only = Ownership { is_own: false, has_group_of_folder: false, ..own };
        let fs_group = Ownership { is_own: false, is_read_only: false, has_group_of_folder: true };
        let plain = Ownership { has_group_of_folder: false, ..fs_group };
        for mode in [0o440, 0o640] {
            assert!(judge(mode, read_only).unwrap() && judge(mode, fs_group).unwrap(), "{mode:o}");
            assert!(matches!(judge(mode, own), Err(SecretFileError::ExposedByMount(_))));
            assert!(matches!(judge(mode, plain), Err(SecretFileError::Exposed(_))));
        }
        for mode in [0o444, 0o644, 0o660, 0o604] {
            assert!(judge(mode, read_only).is_err() && judge(mode, fs_group).is_err(), "{mode:o}");
        }
        assert!(!judge(0o400, plain).unwrap());
        let refused = judge(0o444, read_only).unwrap_err().to_string();
        assert!(!refused.contains("chmod") && refused.contains("0440"), "{refused}");
    }

    #[test]
    fn empty_binary_missing_and_special_files_are_refused() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(
            read(&put(directory.path(), b" \n", 0o600)),
            Err(SecretFileError::Unclear(Unclear::Empty))
        ));
        assert!(matches!(read(&put(directory.path(), b"\xff\xfe", 0o600)), Err(SecretFileError::NotText)));
        assert!(matches!(read(directory.path()), Err(SecretFileError::NotASecret)));
        assert!(matches!(read(&directory.path().join("absent")), Err(SecretFileError::Io(_))));
    }
}
