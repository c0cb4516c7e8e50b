//! Links against a bridge and an extension in one, without a browser.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;
use std::time::Duration;

use super::super::channel::{Channel, Responder};
use super::super::envelope::{Envelope, Hello, Opened, Reason};
use super::super::frame::{self, Order};
use super::super::key::{Key, Keys};
use super::super::message::{ConsentState, FromExtension, Seen, SeenRequest, Subscription, ToExtension};
use super::super::socket::{Listener, Stream};
use super::connection::{End, receive};
use super::{BrowserFilter, Event, LinkOptions, Links};

const LIMIT: Option<Duration> = Some(Duration::from_secs(20));

/// A bridge and an extension in one, for one tool at a time.
struct Fake {
    listener: Listener,
    key: Key,
}

/// The extension's end of one channel.
struct Side {
    stream: Stream,
    channel: Channel,
}

impl Fake {
    fn start(folder: &std::path::Path, key: Key) -> Self {
        Self { listener: Listener::bind(folder).unwrap(), key }
    }

    fn accept(&self) -> Result<Side, End> {
        let mut stream = self.listener.accept().unwrap();
        receive(&mut stream, |envelope| matches!(envelope, Envelope::Hello(_)).then_some(()))?;
        let hello = Hello { name: "fake".into(), browser: Some("chromium".into()), ..Hello::default() };
        for envelope in [Envelope::Hello(hello), Envelope::Open(Opened { channel: 3, ..Opened::default() })] {
            frame::write(&mut stream, Order::Little, &envelope.to_text())?;
        }
        let first = receive(&mut stream, |envelope| match envelope {
            Envelope::Noise { channel: 3, message } => Some(message),
            _ => None,
        })?;
        let answer = Responder::answer(&self.key, &first).inspect_err(|_| {
            let refused = Envelope::Refused { channel: 3, reason: Reason::KeysDiffer };
            let _ = frame::write(&mut stream, Order::Little, &refused.to_text());
        });
        let (channel, message) = answer?;
        frame::write(&mut stream, Order::Little, &Envelope::Noise { channel: 3, message }.to_text())?;
        Ok(Side { stream, channel })
    }
}

impl Side {
    fn hear(&mut self) -> ToExtension {
        let message = receive(&mut self.stream, |envelope| match envelope {
            Envelope::Sealed { message, .. } => Some(message),
            _ => None,
        });
        serde_json::from_str(&self.channel.open(&message.unwrap()).unwrap().unwrap()).unwrap()
    }

    fn say(&mut self, message: &FromExtension) {
        for message in self.channel.seal(&serde_json::to_string(message).unwrap()).unwrap() {
            let text = Envelope::Sealed { channel: 3, message }.to_text();
            frame::write(&mut self.stream, Order::Little, &text).unwrap();
        }
    }
}

fn place() -> (PathBuf, Keys) {
    let token = crate::encode::hex(&crate::moment::random(8).unwrap());
    let folder = std::env::temp_dir().join(format!("link-{token}"));
    let keys = Keys::within(folder.join("state"));
    (folder, keys)
}

fn options(window: u32) -> LinkOptions {
    LinkOptions {
        tool: "tool".into(),
        subscriptions: vec![Subscription::Status],
        window,
        filter: BrowserFilter::default(),
    }
}

#[test]
fn a_tool_hears_a_browser_gives_credit_and_comes_back_after_it() {
    let (folder, keys) = place();
    let key = keys.make_default().unwrap();
    // The tool may be there first.
    let links = Links::start_in(vec![folder.clone()], options(2), keys);
    let fake = Fake::start(&folder, key.clone());
    let mut side = fake.accept().unwrap();
    assert_eq!(side.hear(), ToExtension::Credit { messages: 2 });
    assert_eq!(side.hear(), ToExtension::Subscribe(Subscription::Status));
    let (first, event) = links.next(LIMIT).unwrap();
    assert!(matches!(&event, Event::Connected(hello) if hello.browser.as_deref() == Some("chromium")), "{event:?}");
    let consent =
        FromExtension::Consent { subject: "requests".into(), domain: Some("*".into()), state: ConsentState::Waiting };
    let request = SeenRequest {
        number: 1,
        time: 0.0,
        method: "GET".into(),
        url: "x".repeat(100_000),
        headers: Vec::new(),
        resource_type: "other".into(),
        body: None,
        exactness: None,
    };
    let request = FromExtension::Requests { items: vec![Seen::Request(request)] };
    side.say(&consent);
    side.say(&request);
    assert_eq!(links.next(LIMIT), Some((first, Event::Message(consent))));
    assert_eq!(links.next(LIMIT), Some((first, Event::Message(request))));
    assert_eq!(side.hear(), ToExtension::Credit { messages: 1 }, "for the request, not for the consent");
    drop((side, fake));
    assert_eq!(links.next(LIMIT), Some((first, Event::Ended)));
    let fake = Fake::start(&folder, key);
    let _side = fake.accept().unwrap();
    let (second, event) = links.next(LIMIT).unwrap();
    assert!(matches!(event, Event::Connected(_)) && second != first, "{event:?}");
    drop(links);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn keys_that_differ_are_said_and_tried_again() {
    let (folder, keys) = place();
    let key = keys.make_default().unwrap();
    let mut fake = Fake::start(&folder, Key::new([9; 32]));
    let links = Links::start_in(vec![folder.clone()], options(1), keys);
    assert!(matches!(fake.accept(), Err(End::Refused(Reason::KeysDiffer))));
    assert!(matches!(links.next(LIMIT), Some((_, Event::Refused(Reason::KeysDiffer)))));
    fake.key = key;
    let _side = fake.accept().unwrap();
    assert!(matches!(links.next(LIMIT), Some((_, Event::Connected(_)))));
    drop(links);
    std::fs::remove_dir_all(folder).unwrap();
}
