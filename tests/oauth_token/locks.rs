//! Files of locks: none stays, and two processes never hold the lock of one token together.

use super::home::{Endpoint, Home, machine, numbered, refreshing, user};

/// The files of locks in a home.
fn left(home: &Home) -> Vec<String> {
    let names =
        std::fs::read_dir(home.path().join("state")).expect("a folder").map(|entry| entry.expect("a file").file_name());
    names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with("token-")).collect()
}

#[test]
fn the_lock_of_a_token_leaves_no_file() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    for name in ["a", "b/c", "\u{1b}", &"x".repeat(300)] {
        home.run(&machine(&endpoint.url())).args(["--token-name", name]).succeeds();
        home.run(&["refresh", name]).fails(1);
        assert_eq!(left(&home), Vec::<String>::new());
    }
    // One that a process left when it was killed goes with the next lock.
    std::fs::write(home.path().join("state/token-a.lock"), "").expect("a file");
    home.run(&["refresh", "a"]).fails(1);
    assert_eq!(left(&home), Vec::<String>::new());
}

#[test]
fn of_many_processes_only_one_refreshes_while_lock_files_come_and_go() {
    for _ in 0..3 {
        let endpoint = refreshing("second");
        let home = Home::new();
        home.run(&user(&endpoint.url())).succeeds();
        let running: Vec<_> = (0..12).map(|_| home.run(&["get", "u"]).start()).collect();
        for run in running {
            run.finish().exits(0).stdout_is("token-1\n");
        }
        assert_eq!((endpoint.count(), left(&home)), (2, Vec::new()));
    }
}
