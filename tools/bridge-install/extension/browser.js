// Which browser this is, by the names that bridge-install has for them.

const BRANDS = [
  ["Microsoft Edge", "edge"],
  ["Opera GX", "opera-gx"],
  ["Opera", "opera"],
  ["Vivaldi", "vivaldi"],
  ["Brave", "brave"],
  ["YaBrowser", "yandex"],
  ["Google Chrome", "chrome"],
];

export async function browserName() {
  const info = await globalThis.browser?.runtime?.getBrowserInfo?.();
  if (info) return info.name.toLowerCase();
  const brands = (navigator.userAgentData?.brands ?? []).map(({ brand }) => brand);
  const known = BRANDS.find(([brand]) => brands.includes(brand));
  return known ? known[1] : "chromium";
}
