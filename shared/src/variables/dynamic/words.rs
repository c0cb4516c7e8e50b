//! The words of fakes that the library of fakes does not have. A `|` divides them.

pub(super) const ABBREVIATIONS: &str = "TCP|HTTP|SDD|RAM|GB|CSS|SSL|AGP|SQL|FTP|PCI|AI|ADP|RSS|XML|EXE|COM|HDD|THX|SMTP|\
SMS|USB|PNG|SAS|IB|SCSI|JSON|XSS|JBOD";
pub(super) const ACCOUNTS: &str =
    "Checking|Savings|Money Market|Investment|Home Loan|Credit Card|Auto Loan|Personal Loan";
pub(super) const ADJECTIVES: &str = "auxiliary|primary|back-end|digital|open-source|virtual|cross-platform|redundant|\
online|haptic|multi-byte|bluetooth|wireless|1080p|neural|optical|solid state|mobile";
pub(super) const AREAS: &str = "Accounts|Accountability|Applications|Assurance|Brand|Branding|Communications|\
Configuration|Creative|Data|Directives|Division|Factors|Functionality|Group|Identity|Implementation|Infrastructure|\
Integration|Interactions|Intranet|Marketing|Markets|Metrics|Mobility|Operations|Optimization|Paradigm|Program|Quality|\
Research|Response|Security|Solutions|Tactics|Usability|Web";
pub(super) const COLLATIONS: &str = "utf8_unicode_ci|utf8_general_ci|utf8_bin|ascii_bin|ascii_general_ci|cp1250_bin|\
cp1250_general_ci";
pub(super) const COLORS: &str = "red|green|blue|yellow|purple|mint green|teal|white|black|orange|pink|grey|maroon|violet|\
turquoise|tan|sky blue|salmon|plum|orchid|olive|magenta|lime|ivory|indigo|gold|fuchsia|cyan|azure|lavender|silver";
pub(super) const COLUMNS: &str = "id|title|name|email|phone|token|group|category|password|comment|avatar|status|createdAt|\
updatedAt";
pub(super) const COMMON_EXTENSIONS: &str = "pdf|mpga|m2a|mp2|mp3|wav|png|jpg|jpe|jpeg|gif|html|htm|mp4|mp4v|mpg4|m2v|\
mpeg|mpg|m1v|shtml|mpe";
pub(super) const COMMON_TYPES: &str = "video|audio|image|text|application";
pub(super) const DEPARTMENTS: &str = "Books|Movies|Music|Games|Electronics|Computers|Home|Garden|Tools|Grocery|Health|\
Beauty|Toys|Kids|Baby|Clothing|Shoes|Jewelery|Sports|Outdoors|Automotive|Industrial";
pub(super) const DESCRIPTORS: &str = "Lead|Senior|Direct|Corporate|Dynamic|Future|Product|National|Regional|District|\
Central|Global|Customer|Investor|International|Legacy|Forward|Internal|Human|Chief|Principal";
pub(super) const DIRECTORIES: &str = "/Applications|/bin|/boot|/boot/defaults|/dev|/etc|/etc/defaults|/etc/mail|\
/etc/namedb|/etc/periodic|/etc/ppp|/home|/home/user|/home/user/dir|/lib|/Library|/lost+found|/media|/mnt|/net|/Network|\
/opt|/opt/bin|/opt/include|/opt/lib|/opt/sbin|/opt/share|/private|/private/tmp|/private/var|/proc|/rescue|/root|/sbin|\
/selinux|/srv|/sys|/System|/tmp|/Users|/usr|/usr/X11R6|/usr/bin|/usr/include|/usr/lib|/usr/libdata|/usr/libexec|\
/usr/local/bin|/usr/local/src|/usr/obj|/usr/ports|/usr/sbin|/usr/share|/usr/src|/var|/var/log|/var/mail|/var/spool|\
/var/tmp|/var/yp";
pub(super) const DOMAIN_ENDS: &str = "com|biz|info|name|net|org";
pub(super) const ENGINES: &str = "InnoDB|MyISAM|MEMORY|CSV|BLACKHOLE|ARCHIVE";
pub(super) const EXTENSIONS: &str = "pdf|zip|json|xml|csv|txt|html|css|js|png|gif|jpeg|svg|webp|tiff|bmp|ico|mp3|ogg|wav|\
flac|mp4|webm|avi|mov|doc|docx|xls|xlsx|ppt|pptx|odt|ods|rtf|epub|tar|gz|bz2|7z|iso|ttf|otf|woff|woff2|ics|vcf|yaml";
pub(super) const FILE_TYPES: &str = "application|audio|font|image|message|model|multipart|text|video|x-conference";
pub(super) const FREE_MAIL: &str = "gmail.com|yahoo.com|hotmail.com";
pub(super) const ING_VERBS: &str = "backing up|bypassing|hacking|overriding|compressing|copying|navigating|indexing|\
connecting|generating|quantifying|calculating|synthesizing|transmitting|programming|parsing";
pub(super) const JOBS: &str = "Supervisor|Associate|Executive|Liaison|Officer|Manager|Engineer|Specialist|Director|\
Coordinator|Administrator|Architect|Analyst|Designer|Planner|Orchestrator|Technician|Developer|Producer|Consultant|\
Assistant|Facilitator|Agent|Representative|Strategist";
pub(super) const LOCALES: &str = "af|am|an|ar|ast|az|be|bg|bh|bn|br|bs|ca|ceb|ckb|co|cs|cy|da|de|el|en|eo|es|et|eu|fa|fi|\
fil|fo|fr|fy|ga|gd|gl|gn|gu|ha|haw|he|hi|hmn|hr|ht|hu|hy|ia|id|ig|is|it|ja|jv|ka|kk|km|kn|ko|ku|ky|la|lb|ln|lo|lt|lv|mg|\
mi|mk|ml|mn|mo|mr|ms|mt|my|nb|ne|nl|nn|no|ny|oc|om|or|pa|pl|ps|pt|qu|rm|ro|ru|sd|sh|si|sk|sl|sm|sn|so|sq|sr|st|su|sv|sw|\
ta|te|tg|th|ti|tk|to|tr|tt|tw|ug|uk|ur|uz|vi|wa|xh|yi|yo|zh|zu";
pub(super) const MATERIALS: &str = "Steel|Wooden|Concrete|Plastic|Cotton|Granite|Rubber|Metal|Soft|Fresh|Frozen";
pub(super) const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December";
pub(super) const NOUNS: &str = "driver|protocol|bandwidth|panel|microchip|program|port|card|array|interface|system|sensor|\
firewall|hard drive|pixel|alarm|feed|monitor|application|transmitter|bus|circuit|capacitor|matrix";
pub(super) const PREFIXES: &str = "Mr.|Mrs.|Ms.|Miss|Dr.";
pub(super) const PRODUCTS: &str = "Chair|Car|Computer|Keyboard|Mouse|Bike|Ball|Gloves|Pants|Shirt|Table|Shoes|Hat|Towels|\
Soap|Tuna|Chicken|Fish|Cheese|Bacon|Pizza|Salad|Sausages|Chips";
pub(super) const QUALITIES: &str = "Small|Ergonomic|Rustic|Intelligent|Gorgeous|Incredible|Fantastic|Practical|Sleek|\
Awesome|Generic|Handcrafted|Handmade|Licensed|Refined|Unbranded|Tasty";
pub(super) const SAFE_MAIL: &str = "example.com|example.net|example.org";
pub(super) const SUFFIXES: &str = "Jr.|Sr.|I|II|III|IV|V|MD|DDS|PhD|DVM";
pub(super) const TRANSACTIONS: &str = "deposit|withdrawal|payment|invoice";
pub(super) const TYPES: &str = "int|varchar|text|date|datetime|tinyint|time|timestamp|smallint|mediumint|bigint|decimal|\
float|double|real|bit|boolean|serial|blob|binary|enum|set|geometry|point";
pub(super) const VERBS: &str = "back up|bypass|hack|override|compress|copy|navigate|index|connect|generate|quantify|\
calculate|synthesize|input|transmit|program|reboot|parse";
pub(super) const WEEKDAYS: &str = "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday";
