/**
 * Words that customers use for one another, in English, Filipino and chat spelling: one concept a line. A line's concepts are
 * features beside its words, so that “magkano” learnt is “how much” understood. Written by us from everyday usage, not from
 * any data set; words with several meanings are left out or stand where a shop's customer means them. What it is worth is in
 * docs/recognition.md.
 */
const concepts = `
ask-where where san saan nasaan asan nasan nasa whereabouts nsaan
ask-when when kailan kelan kailn klan
ask-how how paano pano papaano panu pno
ask-why why bakit bkt bat bkit
ask-who who sino cno
ask-what what ano anong wat anu anung
ask-which which alin aling
ask-much magkano mgkano magkanu price prices presyo cost costs hm halaga pricing pricelist
ask-many ilan ilang
can can could pwede puwede pwd pde able maaari maari allowed kaya puede pwedeng puwedeng
have may meron mayroon meroon have has
none wala walang wla without lack missing nawawala nawala
not not hindi di hnd hndi never ndi dili
no-more no ayaw ayoko wag huwag
want want gusto gsto nais wanna need kailangan kelangan klangan would
please please pls plz paki pakisuyo pki kindly pakiusap pakis
already already na done tapos tapos natapos
still still pa yet
now now ngayon ngaun ngyon today asap agad kaagad immediately urgent madali
tomorrow tomorrow bukas tmrw tom
yesterday yesterday kahapon kagabi
day day days araw
week week weeks linggo
month month months buwan
hour hour hours oras
long long tagal matagal antagal slow mabagal bagal late delayed delay naantala atrasado
fast fast quick mabilis bilis rush express madalian
order order orders inorder umorder oorder omorder orderin nagorder pagorder mag-order
buy buy bili bumili bibili bilhin binili purchase purchased bought mabibili makabili pabili get bilin mamili
item item items product products produkto paninda stuff goods gamit bagay
stock stock stocks available availability availble avail restock meron sold-out
pay pay payment payments bayad magbayad nagbayad bayaran binayaran paid babayaran pagbayad bayd nakabayad paying ibayad magbabayad
money money pera
refund refund refunds refunded ibalik isauli pabalik-bayad reimbursement reimburse
return return returns returning ibalik isoli isauli balik magbalik soli
exchange exchange swap palit papalitan palitan ipalit replace replacement pamalit
change change edit baguhin palitan bago update modify ibahin mabago papalitan adjust
cancel cancel cancelled canceled cancellation kansel kanselahin icancel ikansel kinansel nacancel abort
deliver deliver delivery delivered dlvry padala ipadala ihatid hatid deliv dumating darating dating dumadating courier rider shipped ship shipping shipment sf
arrive arrive arrived arrival dumating darating dumadating dating natanggap receive received receipt-of nareceive tanggap narating
package package packages parcel parcels pakete box kahon padala
courier courier rider driver kuya couriers
track track tracking trace locate status subaybayan update
send send sent ipadala padala ipinadala pinadala magpadala
address address tirahan location lokasyon addr lugar adress
fee fee fees charge charges singil bayarin sf singilin
free free libre lbre
discount discount discounts bawas tawad promo promos promotion sale voucher vouchers coupon coupons code baratan mura
cheap cheap mura murang affordable abot-kaya budget
expensive expensive mahal pricey
account account acct accnt acc akawnt profile
register register signup registration magregister rehistro sign join magpa-member sumali gumawa create
login login log logon signin sign-in makapasok pumasok mag-login maglogin makalogin access
password password passwords pw pass pword passcode
forget forget forgot forgotten nakalimutan nalimutan limot kinalimutan nakalimtan
code code otp pin verification codes
verify verify verified verification confirm ma-verify i-verify beripikahin
email email e-mail emails mail gmail
phone phone cellphone cp mobile cel number selpon telepono celfone cell
number number numero no num
name name pangalan ngalan
card card cards debit credit visa mastercard
bank bank banks bangko bdo bpi metrobank landbank unionbank
wallet gcash maya paymaya wallet e-wallet ewallet grabpay
cash cod cash kaliwaan
installment installment installments hulugan hulog utay financing bnpl installments
receipt receipt resibo invoice or
proof proof screenshot patunay ss katibayan
twice twice double doble dalawang duplicate nadoble dalawa
wrong wrong mali incorrect maling iba different
broken broken sira damaged basag defective nasira depekto sirang damage wasak crack cracked
fail fail failed failing error declined ayaw rejected unsuccessful bigo nagloloko
work work gumagana gana working gumana
size size sizes sukat sizing
color color colour kulay colors
big big malaki large laki bigger
small small maliit liit smaller
new new bago bagong
old old luma dati lumang
open open bukas nagbubukas opening
close close closed sarado magsara nagsasara closing
store store shop tindahan branch branches showroom outlet pwesto
visit visit pumunta punta bisita pupunta walk
pickup pickup pick kunin kukunin pick-up kuha makuha
talk talk speak kausap kausapin makausap chat usap
person agent human person tao representative rep staff csr tauhan
manager manager boss supervisor may-ari owner
complain complain complaint reklamo complaints ireklamo magreklamo report
problem problem issue problema isyu problems concern trouble
help help tulong tulungan patulong assist assistance saklolo
wait wait hintay naghihintay maghintay antay waiting hinihintay inaantay
warranty warranty garantiya guarantee
repair repair ayos ayusin fix pagawa ipaayos maayos
manual manual instructions guide tutorial panuto
assemble assemble assembly buo buuin assembled
install install kabit ikabit installation pakabit
legit legit scam trusted totoo peke authentic original fake orig mapagkakatiwalaan manloloko
safe safe ligtas secure security
hack hack hacked na-hack nahack stolen ninakaw nanakaw
delete delete burahin remove tanggalin alisin bura deactivate isara
add add dagdag idagdag magdagdag dagdagan additional
combine combine sabay isabay pagsamahin together merge
quantity quantity dami piraso pcs pieces bilang
bulk bulk wholesale maramihan pakyaw reseller marami resell
gift gift regalo panregalo iregalo
points points puntos rewards reward loyalty
member member membership miyembro members vip
recommend recommend rekomenda suggest mairerekomenda suggestion maganda best
difference difference pagkakaiba compare pinagkaiba kumpara versus vs
material material materyales gawa tela made
picture picture photo pic litrato larawan pics image
review review reviews feedback rating
subscribe subscribe newsletter subscription unsubscribe
thanks thanks thank salamat ty tnx thx slmt maraming
hello hi hello hey helo kumusta musta kamusta
bye bye goodbye paalam
greet good magandang maganda
job job trabaho hiring work-with apply
privacy privacy data information impormasyon info detalye details
points-expire expire expired expiration expiry valid hanggang mag-expire napaso
limit limit maximum max minimum min limitasyon
weight weight bigat mabigat heavy
province province probinsya lalawigan probinsiya
city city lungsod siyudad bayan manila
abroad abroad overseas international ibang-bansa foreign ofw
house house bahay home doorstep
someone someone iba kapatid asawa other else
again again ulit muli uli
first first una
only only lang lamang just
also also din rin too
all all lahat everything
broken-app app application website site web page
load load loading nagloload mag-load
`;

/**
 * The concepts that each word may stand for, usually none or one.
 * @param valueOf what a concept is known by
 */
export function conceptsByWord<Value>(
  valueOf: (concept: string) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const byWord = new Map<string, Value[]>();
  for (const line of concepts.trim().split("\n")) {
    const [concept = "", ...words] = line.split(" ");
    const value = valueOf(concept);
    for (const word of new Set(words)) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [value]);
      else known.push(value);
    }
  }
  return byWord;
}
