//! The part of Windows' registry that belongs to this user. On other systems it is empty, and no plan uses it.

use std::io;

/// Access to the default values of keys below `HKEY_CURRENT_USER`.
pub(crate) trait Registry {
    /// Returns the default value of a key, if it has one.
    fn value(&self, key: &str) -> io::Result<Option<String>>;
    /// Sets the default value of a key, and makes the key and those above it.
    fn set(&mut self, key: &str, value: &str) -> io::Result<()>;
    /// Removes a key, if it exists.
    fn remove(&mut self, key: &str) -> io::Result<()>;
}

/// Returns the registry of this computer.
pub(crate) fn of_this_computer() -> Box<dyn Registry> {
    Box::new(system::Current)
}

#[cfg(windows)]
mod system {
    use std::io;

    use winreg::RegKey;
    use winreg::enums::HKEY_CURRENT_USER;

    pub(super) struct Current;

    fn found<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    impl super::Registry for Current {
        fn value(&self, key: &str) -> io::Result<Option<String>> {
            let key = found(RegKey::predef(HKEY_CURRENT_USER).open_subkey(key))?;
            key.map_or(Ok(None), |key| found(key.get_value("")))
        }

        fn set(&mut self, key: &str, value: &str) -> io::Result<()> {
            let (key, _) = RegKey::predef(HKEY_CURRENT_USER).create_subkey(key)?;
            key.set_value("", &value)
        }

        fn remove(&mut self, key: &str) -> io::Result<()> {
            // This refuses a key that has others below it: it is not ours alone.
            found(RegKey::predef(HKEY_CURRENT_USER).delete_subkey(key)).map(drop)
        }
    }
}

#[cfg(not(windows))]
mod system {
    use std::io;

    pub(super) struct Current;

    impl super::Registry for Current {
        fn value(&self, _key: &str) -> io::Result<Option<String>> {
            Ok(None)
        }

        fn set(&mut self, _key: &str, _value: &str) -> io::Result<()> {
            Err(io::ErrorKind::Unsupported.into())
        }

        fn remove(&mut self, _key: &str) -> io::Result<()> {
            Ok(())
        }
    }
}

/// A registry for tests.
#[cfg(test)]
#[derive(Default)]
pub(crate) struct Memory {
    pub values: std::collections::BTreeMap<String, String>,
    /// True if writing is refused.
    pub is_locked: bool,
}

#[cfg(test)]
impl Registry for std::rc::Rc<std::cell::RefCell<Memory>> {
    fn value(&self, key: &str) -> io::Result<Option<String>> {
        Ok(self.borrow().values.get(key).cloned())
    }

    fn set(&mut self, key: &str, value: &str) -> io::Result<()> {
        if self.borrow().is_locked {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.borrow_mut().values.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&mut self, key: &str) -> io::Result<()> {
        if self.borrow().is_locked {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.borrow_mut().values.remove(key);
        Ok(())
    }
}
