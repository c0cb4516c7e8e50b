// The public suffix list (publicsuffix.org) as the tools have it, in ASCII (RFC 5891): a line for each top-level domain.
// Made by `make docs`; do not edit.

export const RULES = `
aaa
aarp
abb
abbott
abbvie
abc
able
abogado
abudhabi
ac com.ac drr.ac edu.ac feedback.ac forms.ac gov.ac mil.ac net.ac org.ac sch.ac
academy official.academy
accenture
accountant
accountants
aco
actor
ad
ads
adult
ac.ae ae co.ae gov.ae mil.ae net.ae org.ae sch.ae
aeg
accident-investigation.aero accident-prevention.aero aero aerobatic.aero aeroclub.aero aerodrome.aero agents.aero air-surveillance.aero air-traffic-control.aero aircraft.aero airline.aero airport.aero airtraffic.aero ambulance.aero association.aero author.aero ballooning.aero broker.aero caa.aero cargo.aero catering.aero certification.aero championship.aero charter.aero civilaviation.aero club.aero conference.aero consultant.aero consulting.aero control.aero council.aero crew.aero design.aero dgca.aero educator.aero emergency.aero engine.aero engineer.aero entertainment.aero equipment.aero exchange.aero express.aero federation.aero flight.aero freight.aero fuel.aero gliding.aero government.aero groundhandling.aero group.aero hanggliding.aero homebuilt.aero insurance.aero journal.aero journalist.aero leasing.aero logistics.aero magazine.aero maintenance.aero marketplace.aero media.aero microlight.aero modelling.aero navigation.aero parachuting.aero paragliding.aero passenger-association.aero pilot.aero press.aero production.aero recreation.aero repbody.aero res.aero research.aero rotorcraft.aero safety.aero scientist.aero services.aero show.aero skydiving.aero software.aero student.aero taxi.aero trader.aero trading.aero trainer.aero union.aero workinggroup.aero works.aero
aetna
af com.af edu.af gov.af net.af org.af
afl
africa
ag co.ag com.ag net.ag nom.ag obj.ag org.ag
agakhan
agency
ai com.ai framer.ai kiloapps.ai net.ai off.ai org.ai uwu.ai
aig
airbus
airforce
airtel
akdn
al com.al edu.al gov.al mil.al net.al org.al
alibaba
alipay
allfinanz
allstate
ally
alsace
alstom
am co.am com.am commune.am net.am org.am radio.am
amazon
americanexpress
americanfamily
amex
amfam
amica
amsterdam
analytics
android
anquan
anz
ao co.ao ed.ao edu.ao gov.ao gv.ao it.ao og.ao org.ao pb.ao
aol
apartments
*.beget.app *.developer.app *.hosted.app *.mtls.run.app *.northflank.app *.privatelink.snowflake.app *.run.app *.s.brave.app *.snowflake.app *.upsun.app *.zerops.app aiven.app app base44.app botdash.app brave.app claude.app clerk.app clerkstage.app cloudflare.app codepen.app convex.app corespeed.app csb.app e2b.app easypanel.app edgecompute.app encr.app expo.app flutterflow.app framer.app frontend.encr.app gadget.app github.app glideos.app hackclub.app hasura.app id.replit.app leapcell.app loginline.app lovable.app luyani.app magicpatterns.app medusajs.app messerli.app miren.app mocha.app netlify.app ngrok-free.app ngrok.app noop.app nyat.app on-fleek.app on.expo.app on.staging.expo.app ondigitalocean.app onhercules.app pplx.app preview.csb.app puter.app relay.evervault.app replit.app retool.app rocketpreview.app shiptoday.app spawnbase.app sprites.app staging.expo.app streamlit.app telebit.app typedream.app up.railway.app vercel.app wal.app wasmer.app web.app windsurf.app wnext.app zeabur.app
*.ap-north-1.r.cloud.int.apple *.ap-south-1.r.cloud.int.apple *.ap-south-2.r.cloud.int.apple *.cloud.int.apple *.eu-central-1.r.cloud.int.apple *.eu-north-1.r.cloud.int.apple *.r.cloud.int.apple *.us-central-1.r.cloud.int.apple *.us-central-2.r.cloud.int.apple *.us-east-1.r.cloud.int.apple *.us-east-2.r.cloud.int.apple *.us-west-1.r.cloud.int.apple *.us-west-2.r.cloud.int.apple *.us-west-3.r.cloud.int.apple apple int.apple
aq
aquarelle
ar bet.ar com.ar coop.ar edu.ar gob.ar gov.ar int.ar mil.ar musica.ar mutual.ar net.ar org.ar seg.ar senasa.ar tur.ar
arab
aramco
archi
army
arpa e164.arpa home.arpa in-addr.arpa ip6.arpa iris.arpa uri.arpa urn.arpa
art
arte
as gov.as
asda
asia cloudns.asia daemon.asia dix.asia
associates
*.ex.futurecms.at *.ex.ortsinfo.at *.futurecms.at *.in.futurecms.at *.kunden.ortsinfo.at 123webseite.at 12hp.at 2ix.at 4.at 4lima.at ac.at at co.at dnshome.at futurehosting.at futuremailing.at gv.at lima-city.at my.at myspreadshop.at or.at priv.at sth.ac.at wien.funkfeuer.at
athleta
attorney
act.au act.edu.au asn.au au catholic.edu.au com.au conf.au edu.au gov.au id.au mel.cloudlets.com.au myspreadshop.com.au net.au nsw.au nsw.edu.au nt.au nt.edu.au org.au oz.au qld.au qld.edu.au qld.gov.au sa.au sa.edu.au sa.gov.au tas.au tas.edu.au tas.gov.au vic.au vic.edu.au vic.gov.au wa.au wa.edu.au wa.gov.au
auction
audi
audible
audio
auspost
author
auto
autos
aw com.aw
*.airflow.af-south-1.on.aws *.airflow.ap-east-1.on.aws *.airflow.ap-northeast-1.on.aws *.airflow.ap-northeast-2.on.aws *.airflow.ap-northeast-3.on.aws *.airflow.ap-south-1.on.aws *.airflow.ap-south-2.on.aws *.airflow.ap-southeast-1.on.aws *.airflow.ap-southeast-2.on.aws *.airflow.ap-southeast-3.on.aws *.airflow.ap-southeast-4.on.aws *.airflow.ap-southeast-5.on.aws *.airflow.ap-southeast-7.on.aws *.airflow.ca-central-1.on.aws *.airflow.ca-west-1.on.aws *.airflow.eu-central-1.on.aws *.airflow.eu-central-2.on.aws *.airflow.eu-north-1.on.aws *.airflow.eu-south-1.on.aws *.airflow.eu-south-2.on.aws *.airflow.eu-west-1.on.aws *.airflow.eu-west-2.on.aws *.airflow.eu-west-3.on.aws *.airflow.il-central-1.on.aws *.airflow.me-central-1.on.aws *.airflow.me-south-1.on.aws *.airflow.sa-east-1.on.aws *.airflow.us-east-1.on.aws *.airflow.us-east-2.on.aws *.airflow.us-west-1.on.aws *.airflow.us-west-2.on.aws *.experiments.sagemaker.aws *.private.repost.aws aws labeling.ap-northeast-1.sagemaker.aws labeling.ap-northeast-2.sagemaker.aws labeling.ap-south-1.sagemaker.aws labeling.ap-southeast-1.sagemaker.aws labeling.ap-southeast-2.sagemaker.aws labeling.ca-central-1.sagemaker.aws labeling.eu-central-1.sagemaker.aws labeling.eu-west-1.sagemaker.aws labeling.eu-west-2.sagemaker.aws labeling.us-east-1.sagemaker.aws labeling.us-east-2.sagemaker.aws labeling.us-west-2.sagemaker.aws lambda-url.af-south-1.on.aws lambda-url.ap-east-1.on.aws lambda-url.ap-northeast-1.on.aws lambda-url.ap-northeast-2.on.aws lambda-url.ap-northeast-3.on.aws lambda-url.ap-south-1.on.aws lambda-url.ap-southeast-1.on.aws lambda-url.ap-southeast-2.on.aws lambda-url.ap-southeast-3.on.aws lambda-url.ca-central-1.on.aws lambda-url.eu-central-1.on.aws lambda-url.eu-north-1.on.aws lambda-url.eu-south-1.on.aws lambda-url.eu-west-1.on.aws lambda-url.eu-west-2.on.aws lambda-url.eu-west-3.on.aws lambda-url.me-south-1.on.aws lambda-url.sa-east-1.on.aws lambda-url.us-east-1.on.aws lambda-url.us-east-2.on.aws lambda-url.us-west-1.on.aws lambda-url.us-west-2.on.aws notebook-fips.ca-central-1.sagemaker.aws notebook-fips.ca-west-1.sagemaker.aws notebook-fips.us-east-1.sagemaker.aws notebook-fips.us-east-2.sagemaker.aws notebook-fips.us-gov-east-1.sagemaker.aws notebook-fips.us-gov-west-1.sagemaker.aws notebook-fips.us-west-1.sagemaker.aws notebook-fips.us-west-2.sagemaker.aws notebook.af-south-1.sagemaker.aws notebook.ap-east-1.sagemaker.aws notebook.ap-northeast-1.sagemaker.aws notebook.ap-northeast-2.sagemaker.aws notebook.ap-northeast-3.sagemaker.aws notebook.ap-south-1.sagemaker.aws notebook.ap-south-2.sagemaker.aws notebook.ap-southeast-1.sagemaker.aws notebook.ap-southeast-2.sagemaker.aws notebook.ap-southeast-3.sagemaker.aws notebook.ap-southeast-4.sagemaker.aws notebook.ca-central-1.sagemaker.aws notebook.ca-west-1.sagemaker.aws notebook.eu-central-1.sagemaker.aws notebook.eu-central-2.sagemaker.aws notebook.eu-north-1.sagemaker.aws notebook.eu-south-1.sagemaker.aws notebook.eu-south-2.sagemaker.aws notebook.eu-west-1.sagemaker.aws notebook.eu-west-2.sagemaker.aws notebook.eu-west-3.sagemaker.aws notebook.il-central-1.sagemaker.aws notebook.me-central-1.sagemaker.aws notebook.me-south-1.sagemaker.aws notebook.sa-east-1.sagemaker.aws notebook.us-east-1.sagemaker.aws notebook.us-east-2.sagemaker.aws notebook.us-gov-east-1.sagemaker.aws notebook.us-gov-west-1.sagemaker.aws notebook.us-west-1.sagemaker.aws notebook.us-west-2.sagemaker.aws studio-fips.us-gov-east-1.sagemaker.aws studio-fips.us-gov-west-1.sagemaker.aws studio.af-south-1.sagemaker.aws studio.ap-east-1.sagemaker.aws studio.ap-northeast-1.sagemaker.aws studio.ap-northeast-2.sagemaker.aws studio.ap-northeast-3.sagemaker.aws studio.ap-south-1.sagemaker.aws studio.ap-southeast-1.sagemaker.aws studio.ap-southeast-2.sagemaker.aws studio.ap-southeast-3.sagemaker.aws studio.ca-central-1.sagemaker.aws studio.eu-central-1.sagemaker.aws studio.eu-central-2.sagemaker.aws studio.eu-north-1.sagemaker.aws studio.eu-south-1.sagemaker.aws studio.eu-south-2.sagemaker.aws studio.eu-west-1.sagemaker.aws studio.eu-west-2.sagemaker.aws studio.eu-west-3.sagemaker.aws studio.il-central-1.sagemaker.aws studio.me-central-1.sagemaker.aws studio.me-south-1.sagemaker.aws studio.sa-east-1.sagemaker.aws studio.us-east-1.sagemaker.aws studio.us-east-2.sagemaker.aws studio.us-gov-east-1.sagemaker.aws studio.us-gov-west-1.sagemaker.aws studio.us-west-1.sagemaker.aws studio.us-west-2.sagemaker.aws transfer-webapp-fips.us-gov-east-1.on.aws transfer-webapp-fips.us-gov-west-1.on.aws transfer-webapp.af-south-1.on.aws transfer-webapp.ap-east-1.on.aws transfer-webapp.ap-east-2.on.aws transfer-webapp.ap-northeast-1.on.aws transfer-webapp.ap-northeast-2.on.aws transfer-webapp.ap-northeast-3.on.aws transfer-webapp.ap-south-1.on.aws transfer-webapp.ap-south-2.on.aws transfer-webapp.ap-southeast-1.on.aws transfer-webapp.ap-southeast-2.on.aws transfer-webapp.ap-southeast-3.on.aws transfer-webapp.ap-southeast-4.on.aws transfer-webapp.ap-southeast-5.on.aws transfer-webapp.ap-southeast-6.on.aws transfer-webapp.ap-southeast-7.on.aws transfer-webapp.ca-central-1.on.aws transfer-webapp.ca-west-1.on.aws transfer-webapp.eu-central-1.on.aws transfer-webapp.eu-central-2.on.aws transfer-webapp.eu-north-1.on.aws transfer-webapp.eu-south-1.on.aws transfer-webapp.eu-south-2.on.aws transfer-webapp.eu-west-1.on.aws transfer-webapp.eu-west-2.on.aws transfer-webapp.eu-west-3.on.aws transfer-webapp.il-central-1.on.aws transfer-webapp.me-central-1.on.aws transfer-webapp.me-south-1.on.aws transfer-webapp.mx-central-1.on.aws transfer-webapp.sa-east-1.on.aws transfer-webapp.us-east-1.on.aws transfer-webapp.us-east-2.on.aws transfer-webapp.us-gov-east-1.on.aws transfer-webapp.us-gov-west-1.on.aws transfer-webapp.us-west-1.on.aws transfer-webapp.us-west-2.on.aws
ax
axa
az biz.az co.az com.az edu.az gov.az info.az int.az mil.az name.az net.az org.az pp.az pro.az
azure
ba com.ba edu.ba gov.ba mil.ba net.ba org.ba rs.ba shop.brendly.ba
baby
baidu
banamex
band
bank
bar resolve.bar
barcelona
barclaycard
barclays
barefoot
bargains
baseball
aus.basketball basketball nz.basketball
bauhaus
bayern
bb biz.bb co.bb com.bb edu.bb gov.bb info.bb net.bb org.bb store.bb tv.bb
bbc
bbt
bbva
bcg
bcn
ac.bd ai.bd bd co.bd com.bd edu.bd gov.bd id.bd info.bd it.bd mil.bd net.bd org.bd sch.bd tv.bd
*.transurl.be 123website.be ac.be be cloud.interhostsolutions.be cloudns.be ezproxy.kuleuven.be my.be myspreadshop.be site.webhosting.be webhosting.be
beats
beauty
beer
berlin ddns.berlin
best
bestbuy
bet
bf gov.bf
0.bg 1.bg 2.bg 3.bg 4.bg 5.bg 6.bg 7.bg 8.bg 9.bg a.bg b.bg barsy.bg bg c.bg d.bg e.bg f.bg g.bg h.bg i.bg j.bg k.bg l.bg m.bg n.bg o.bg p.bg q.bg r.bg s.bg t.bg u.bg v.bg w.bg x.bg y.bg z.bg
bh com.bh edu.bh gov.bh net.bh org.bh
bharti
bi co.bi com.bi edu.bi or.bi org.bi
bible
bid
bike
bing
bingo
bio
activetrail.biz biz cloud-ip.biz cloudns.biz dscloud.biz dyndns.biz for-better.biz for-more.biz for-some.biz for-the.biz jozi.biz mmafan.biz myftp.biz no-ip.biz orx.biz selfip.biz webhop.biz
africa.bj agro.bj architectes.bj assur.bj avocats.bj bj co.bj com.bj eco.bj econo.bj edu.bj info.bj loisirs.bj money.bj net.bj org.bj ote.bj restaurant.bj resto.bj tourism.bj univ.bj
black
blackfriday
blockbuster
blog
bloomberg
blue
bm com.bm edu.bm gov.bm net.bm org.bm
bms
bmw
bn co.bn com.bn edu.bn gov.bn net.bn org.bn
bnpparibas
academia.bo agro.bo arte.bo blog.bo bo bolivia.bo ciencia.bo com.bo cooperativa.bo democracia.bo deporte.bo ecologia.bo economia.bo edu.bo empresa.bo gob.bo ia.bo indigena.bo industria.bo info.bo int.bo medicina.bo mil.bo movimiento.bo musica.bo natural.bo net.bo nombre.bo noticias.bo org.bo patria.bo plurinacional.bo politica.bo profesional.bo pueblo.bo revista.bo salud.bo tecnologia.bo tksat.bo transporte.bo tv.bo web.bo wiki.bo
boats
boehringer
bofa
bom
bond
boo
book
booking
bosch
bostik
boston
bot
boutique
box
*.nom.br 9guacu.br abc.br ac.gov.br ac.leg.br adm.br adv.br agr.br aju.br al.gov.br al.leg.br am.br am.gov.br am.leg.br anani.br ap.gov.br ap.leg.br aparecida.br api.br app.br arq.br art.br ato.br b.br ba.gov.br ba.leg.br barueri.br belem.br bet.br bhz.br bib.br bio.br blog.br bmd.br boavista.br br bsb.br campinagrande.br campinas.br caxias.br ce.gov.br ce.leg.br cim.br cng.br cnt.br com.br contagem.br coop.br coz.br cri.br cuiaba.br curitiba.br def.br des.br det.br dev.br df.gov.br df.leg.br ecn.br eco.br edu.br emp.br enf.br eng.br es.gov.br es.leg.br esp.br etc.br eti.br far.br feira.br flog.br floripa.br fm.br fnd.br fortal.br fot.br foz.br fst.br g12.br geo.br ggf.br go.gov.br go.leg.br goiania.br gov.br gru.br ia.br imb.br ind.br inf.br jab.br jampa.br jdf.br joinville.br jor.br jus.br leg.br leilao.br lel.br log.br londrina.br ma.gov.br ma.leg.br macapa.br maceio.br manaus.br maringa.br mat.br med.br mg.gov.br mg.leg.br mil.br morena.br mp.br ms.gov.br ms.leg.br mt.gov.br mt.leg.br mus.br natal.br net.br niteroi.br not.br ntr.br odo.br ong.br org.br osasco.br pa.gov.br pa.leg.br palmas.br pb.gov.br pb.leg.br pe.gov.br pe.leg.br pi.gov.br pi.leg.br poa.br ppg.br pr.gov.br pr.leg.br pro.br psc.br psi.br pvh.br qsl.br radio.br rec.br recife.br rep.br ribeirao.br rio.br riobranco.br riopreto.br rj.gov.br rj.leg.br rn.gov.br rn.leg.br ro.gov.br ro.leg.br rr.gov.br rr.leg.br rs.gov.br rs.leg.br salvador.br sampa.br santamaria.br santoandre.br saobernardo.br saogonca.br sc.gov.br sc.leg.br se.gov.br se.leg.br seg.br simplesite.com.br sjc.br slg.br slz.br social.br sorocaba.br sp.gov.br sp.leg.br srv.br taxi.br tc.br tche.br tec.br teo.br the.br tmp.br to.gov.br to.leg.br trd.br tur.br tv.br udi.br vet.br vix.br vlog.br wiki.br xyz.br zlg.br
bradesco
bridgestone
broadway
broker
brother
brussels
bs com.bs edu.bs gov.bs net.bs org.bs we.bs
bt com.bt edu.bt gov.bt net.bt org.bt
build shiptoday.build v0.build windsurf.build
builders cloudsite.builders
business co.business
buy
buzz
bv
ac.bw bw co.bw gov.bw net.bw org.bw
by com.by gov.by mediatech.by mil.by of.by
bz co.bz com.bz edu.bz gov.bz gsj.bz mydns.bz net.bz org.bz za.bz
bzh
*.awdev.ca ab.ca barsy.ca bc.ca box.ca ca co.ca gc.ca mb.ca myspreadshop.ca nb.ca nf.ca nl.ca no-ip.ca ns.ca nt.ca nu.ca on.ca onid.ca pe.ca qc.ca sk.ca yk.ca
cab
cafe
cal
call
calvinklein
cam
camera
at.emf.camp camp
canon
capetown
capital
capitalone
car
caravan
cards
care
career
careers
cars
casa ui.nabu.casa
case sav.case
cash
casino
cat
catering
catholic
cba
cbn
cbre
cc ccwu.cc cleverapps.cc cloud-ip.cc cloudns.cc csx.cc ec.cc eu.cc fantasyleague.cc ftpaccess.cc game-server.cc gu.cc instances.spawn.cc myphotos.cc scrapping.cc sryze.cc twmail.cc uk.cc us.cc
cc.cd cd gov.cd
center
ceo
cern
cf
cfa
cfd
cg
*.firenet.ch *.svc.firenet.ch 123website.ch 12hp.ch 2ix.ch 4lima.ch alp1.ae.flow.ch appengine.flow.ch ch cloudns.ch cust.cloudscale.ch dnsking.ch gotdns.ch lima-city.ch linkyard-cloud.ch lpg.objectstorage.ch myspreadshop.ch objects.lpg.cloudscale.ch objects.rma.cloudscale.ch rma.objectstorage.ch square7.ch
chanel
channel
charity
chase
chat
cheap
chintai
christmas
chrome
church
ac.ci asso.ci ci co.ci com.ci ed.ci edu.ci go.ci gouv.ci int.ci net.ci or.ci org.ci us.ci xn--aroport-bya.ci
cipriani
circle
cisco
citadel
citi
citic
city
!www.ck *.ck
cl cloudns.cl co.cl gob.cl gov.cl mil.cl
claims
cleaning
click
clinic
clinique
clothing
*.begetcdn.cloud *.magentosite.cloud *.on-rancher.cloud *.statics.cloud antagonist.cloud ca.reclaim.cloud ch.trendhosting.cloud cloud cockpit.fr-par.scw.cloud cockpit.nl-ams.scw.cloud cockpit.pl-waw.scw.cloud convex.cloud cs.keliweb.cloud ddl.fr-par.scw.cloud ddl.nl-ams.scw.cloud ddl.pl-waw.scw.cloud de.trendhosting.cloud diadem.cloud dnshome.cloud dtwh.fr-par.scw.cloud dtwh.nl-ams.scw.cloud dtwh.pl-waw.scw.cloud elastic.k2.cloud elementor.cloud emergent.cloud es-1.axarnet.cloud eu-west-1.convex.cloud eu.encoway.cloud fnc.fr-par.scw.cloud fr-par-1.baremetal.scw.cloud fr-par-2.baremetal.scw.cloud functions.fnc.fr-par.scw.cloud hstgr.cloud ifr.fr-par.scw.cloud ifr.nl-ams.scw.cloud ifr.pl-waw.scw.cloud it1.eur.aruba.jenv-aruba.cloud it1.jenv-aruba.cloud jele.cloud jote.cloud jotelulu.cloud k8s.fr-par.scw.cloud k8s.nl-ams.scw.cloud k8s.pl-waw.scw.cloud k8s.scw.cloud kafk.fr-par.scw.cloud kafk.nl-ams.scw.cloud kafk.pl-waw.scw.cloud keliweb.cloud kuleuven.cloud laravel.cloud lb.ru-msk.k2.cloud lb.ru-spb.k2.cloud linkyard.cloud matlab.cloud mgdb.fr-par.scw.cloud mgdb.nl-ams.scw.cloud mgdb.pl-waw.scw.cloud nl-ams-1.baremetal.scw.cloud nodes.k8s.fr-par.scw.cloud nodes.k8s.nl-ams.scw.cloud nodes.k8s.pl-waw.scw.cloud observablehq.cloud online-server.cloud oxa.cloud primetel.cloud priv.instances.scw.cloud pub.instances.scw.cloud ravendb.cloud rdb.fr-par.scw.cloud rdb.nl-ams.scw.cloud rdb.pl-waw.scw.cloud runs.onstackit.cloud s3-website.fr-par.scw.cloud s3-website.nl-ams.scw.cloud s3-website.pl-waw.scw.cloud s3.fr-par.scw.cloud s3.k2.cloud s3.nl-ams.scw.cloud s3.pl-waw.scw.cloud s3.ru-msk.k2.cloud s3.ru-spb.k2.cloud scalebook.scw.cloud scbl.fr-par.scw.cloud scbl.nl-ams.scw.cloud scbl.pl-waw.scw.cloud servebolt.cloud smartlabeling.scw.cloud tn.oxa.cloud trafficplex.cloud uk.oxa.cloud uk.primetel.cloud uk.reclaim.cloud unison-services.cloud urown.cloud us-east-1.convex.cloud us.reclaim.cloud vapor.cloud vip.jelastic.cloud voorloper.cloud website.k2.cloud website.ru-msk.k2.cloud website.ru-spb.k2.cloud whm.fr-par.scw.cloud whm.nl-ams.scw.cloud zap.cloud
barsy.club cloudns.club club jele.club
clubmed
cm co.cm com.cm gov.cm net.cm
*.airflow.cn-north-1.on.amazonwebservices.com.cn *.airflow.cn-northwest-1.on.amazonwebservices.com.cn *.cn-north-1.airflow.amazonaws.com.cn *.cn-northwest-1.airflow.amazonaws.com.cn *.compute.amazonaws.com.cn *.elb.amazonaws.com.cn *.rds.cn-north-1.amazonaws.com.cn *.rds.cn-northwest-1.amazonaws.com.cn ac.cn ah.cn as.sh.cn bj.cn canva-apps.cn canva-code.cn cn cn-north-1.eb.amazonaws.com.cn cn-northwest-1.eb.amazonaws.com.cn com.cn cq.cn direct.quickconnect.cn edu.cn emrappui-prod.cn-north-1.amazonaws.com.cn emrappui-prod.cn-northwest-1.amazonaws.com.cn emrnotebooks-prod.cn-north-1.amazonaws.com.cn emrnotebooks-prod.cn-northwest-1.amazonaws.com.cn emrstudio-prod.cn-north-1.amazonaws.com.cn emrstudio-prod.cn-northwest-1.amazonaws.com.cn execute-api.cn-north-1.amazonaws.com.cn execute-api.cn-northwest-1.amazonaws.com.cn fj.cn gd.cn gov.cn gs.cn gx.cn gz.cn ha.cn hb.cn he.cn hi.cn hk.cn hl.cn hn.cn jl.cn js.cn jx.cn khsj.cn ln.cn mil.cn mo.cn my.canvasite.cn myqnapcloud.cn net.cn nm.cn notebook.cn-north-1.sagemaker.com.cn notebook.cn-northwest-1.sagemaker.com.cn nx.cn org.cn qh.cn s3-accesspoint.cn-north-1.amazonaws.com.cn s3-accesspoint.cn-northwest-1.amazonaws.com.cn s3-accesspoint.dualstack.cn-north-1.amazonaws.com.cn s3-accesspoint.dualstack.cn-northwest-1.amazonaws.com.cn s3-deprecated.cn-north-1.amazonaws.com.cn s3-object-lambda.cn-north-1.amazonaws.com.cn s3-object-lambda.cn-northwest-1.amazonaws.com.cn s3-website.cn-north-1.amazonaws.com.cn s3-website.cn-northwest-1.amazonaws.com.cn s3-website.dualstack.cn-north-1.amazonaws.com.cn s3.cn-north-1.amazonaws.com.cn s3.cn-northwest-1.amazonaws.com.cn s3.dualstack.cn-north-1.amazonaws.com.cn s3.dualstack.cn-northwest-1.amazonaws.com.cn sc.cn sd.cn sh.cn sn.cn studio.cn-north-1.sagemaker.com.cn studio.cn-northwest-1.sagemaker.com.cn sx.cn tj.cn transfer-webapp.cn-north-1.on.amazonwebservices.com.cn transfer-webapp.cn-northwest-1.on.amazonwebservices.com.cn tw.cn xj.cn xn--55qx5d.cn xn--io0a7i.cn xn--od0alg.cn xz.cn yn.cn zj.cn
*.clusters.rdpa.co *.otap.co *.srvrless.rdpa.co *.xmit.co carrd.co co com.co crd.co edu.co firewalledreplit.co gov.co hidns.co id.firewalledreplit.co id.repl.co leadpages.co lpages.co mil.co mypi.co net.co nom.co org.co realtime.supabase.co repl.co storage.supabase.co supabase.co umso.co
coach
*.owo.codes codes
coffee
college
cologne
*.001.test.code-builder-stg.platform.salesforce.com *.0emm.com *.af-south-1.airflow.amazonaws.com *.af-south-1.rds.amazonaws.com *.aivencloud.com *.ap-east-1.airflow.amazonaws.com *.ap-east-1.cs.amazonlightsail.com *.ap-east-1.rds.amazonaws.com *.ap-east-2.rds.amazonaws.com *.ap-northeast-1.airflow.amazonaws.com *.ap-northeast-1.cs.amazonlightsail.com *.ap-northeast-1.rds.amazonaws.com *.ap-northeast-2.airflow.amazonaws.com *.ap-northeast-2.cs.amazonlightsail.com *.ap-northeast-2.rds.amazonaws.com *.ap-northeast-3.airflow.amazonaws.com *.ap-northeast-3.rds.amazonaws.com *.ap-south-1.airflow.amazonaws.com *.ap-south-1.cs.amazonlightsail.com *.ap-south-1.rds.amazonaws.com *.ap-south-2.airflow.amazonaws.com *.ap-south-2.rds.amazonaws.com *.ap-southeast-1.airflow.amazonaws.com *.ap-southeast-1.cs.amazonlightsail.com *.ap-southeast-1.rds.amazonaws.com *.ap-southeast-2.airflow.amazonaws.com *.ap-southeast-2.cs.amazonlightsail.com *.ap-southeast-2.rds.amazonaws.com *.ap-southeast-3.airflow.amazonaws.com *.ap-southeast-3.cs.amazonlightsail.com *.ap-southeast-3.rds.amazonaws.com *.ap-southeast-4.airflow.amazonaws.com *.ap-southeast-4.rds.amazonaws.com *.ap-southeast-5.airflow.amazonaws.com *.ap-southeast-5.cs.amazonlightsail.com *.ap-southeast-5.rds.amazonaws.com *.ap-southeast-6.rds.amazonaws.com *.ap-southeast-7.airflow.amazonaws.com *.ap-southeast-7.rds.amazonaws.com *.atlassian-3p-us-gov-mod.com *.atlassian-3p.com *.atlassian-isolated-3p.com *.auiusercontent.com *.awsapprunner.com *.azure.databricksapps.com *.builder.code.com *.ca-central-1.airflow.amazonaws.com *.ca-central-1.cs.amazonlightsail.com *.ca-central-1.rds.amazonaws.com *.ca-west-1.airflow.amazonaws.com *.ca-west-1.rds.amazonaws.com *.compute-1.amazonaws.com *.compute.amazonaws.com *.compute.herokuapp.com *.cursorusercontent.com *.customer-oci.com *.dev-builder.code.com *.dev.adobeaemcloud.com *.devinapps.com *.digitaloceanspaces.com *.elb.amazonaws.com *.eu-central-1.airflow.amazonaws.com *.eu-central-1.cs.amazonlightsail.com *.eu-central-1.rds.amazonaws.com *.eu-central-2.airflow.amazonaws.com *.eu-central-2.rds.amazonaws.com *.eu-north-1.airflow.amazonaws.com *.eu-north-1.cs.amazonlightsail.com *.eu-south-1.airflow.amazonaws.com *.eu-south-2.airflow.amazonaws.com *.eu-south-2.cs.amazonlightsail.com *.eu-west-1.airflow.amazonaws.com *.eu-west-1.cs.amazonlightsail.com *.eu-west-1.rds.amazonaws.com *.eu-west-2.airflow.amazonaws.com *.eu-west-2.cs.amazonlightsail.com *.eu-west-2.rds.amazonaws.com *.eu-west-3.airflow.amazonaws.com *.eu-west-3.cs.amazonlightsail.com *.eu-west-3.rds.amazonaws.com *.il-central-1.airflow.amazonaws.com *.il-central-1.rds.amazonaws.com *.linodeobjects.com *.lutrausercontent.com *.me-central-1.airflow.amazonaws.com *.me-central-1.rds.amazonaws.com *.me-south-1.airflow.amazonaws.com *.me-south-1.rds.amazonaws.com *.metaaiusercontent.com *.mx-central-1.rds.amazonaws.com *.nodebalancer.linode.com *.oaiusercontent.com *.oci.customer-oci.com *.ocp.customer-oci.com *.ocs.customer-oci.com *.oraclecloudapps.com *.oraclegovcloudapps.com *.paywhirl.com *.qualyhqpartner.com *.qualyhqportal.com *.quipelements.com *.r.appspot.com *.sa-east-1.airflow.amazonaws.com *.sa-east-1.cs.amazonlightsail.com *.sa-east-1.rds.amazonaws.com *.services.clever-cloud.com *.stg-builder.code.com *.us-east-1.airflow.amazonaws.com *.us-east-1.cs.amazonlightsail.com *.us-east-1.rds.amazonaws.com *.us-east-2.airflow.amazonaws.com *.us-east-2.cs.amazonlightsail.com *.us-east-2.rds.amazonaws.com *.us-gov-east-1.rds.amazonaws.com *.us-gov-west-1.rds.amazonaws.com *.us-northeast-1.rds.amazonaws.com *.us-west-1.airflow.amazonaws.com *.us-west-1.rds.amazonaws.com *.us-west-2.airflow.amazonaws.com *.us-west-2.cs.amazonlightsail.com *.us-west-2.rds.amazonaws.com *.vultrobjects.com *.ztna-dingtalk.com 180r.com 1cooldns.com 1kapp.com 3utilities.com 4u.com a2hosted.com abrdns.com adobeaemcloud.com af-south-1.elasticbeanstalk.com africa.com alibabacloudcs.com amazonlightsail.com amplifyapp.com analytics-gateway.ap-northeast-1.amazonaws.com analytics-gateway.ap-northeast-2.amazonaws.com analytics-gateway.ap-south-1.amazonaws.com analytics-gateway.ap-southeast-1.amazonaws.com analytics-gateway.ap-southeast-2.amazonaws.com analytics-gateway.eu-central-1.amazonaws.com analytics-gateway.eu-west-1.amazonaws.com analytics-gateway.us-east-1.amazonaws.com analytics-gateway.us-east-2.amazonaws.com analytics-gateway.us-west-2.amazonaws.com ap-east-1.elasticbeanstalk.com ap-northeast-1.elasticbeanstalk.com ap-northeast-2.elasticbeanstalk.com ap-northeast-3.elasticbeanstalk.com ap-south-1.elasticbeanstalk.com ap-south-2.elasticbeanstalk.com ap-southeast-1.elasticbeanstalk.com ap-southeast-2.elasticbeanstalk.com ap-southeast-3.elasticbeanstalk.com ap-southeast-4.elasticbeanstalk.com ap-southeast-5.elasticbeanstalk.com ap-southeast-6.elasticbeanstalk.com ap-southeast-7.elasticbeanstalk.com app.render.com appchizi.com applinzi.com apps-1and1.com apps.fbsbx.com appspacehosted.com appspaceusercontent.com appspot.com atmeta.com auth-fips.us-east-1.amazoncognito.com auth-fips.us-east-2.amazoncognito.com auth-fips.us-gov-east-1.amazoncognito.com auth-fips.us-gov-west-1.amazoncognito.com auth-fips.us-west-1.amazoncognito.com auth-fips.us-west-2.amazoncognito.com auth.af-south-1.amazoncognito.com auth.ap-east-1.amazoncognito.com auth.ap-east-2.amazoncognito.com auth.ap-northeast-1.amazoncognito.com auth.ap-northeast-2.amazoncognito.com auth.ap-northeast-3.amazoncognito.com auth.ap-south-1.amazoncognito.com auth.ap-south-2.amazoncognito.com auth.ap-southeast-1.amazoncognito.com auth.ap-southeast-2.amazoncognito.com auth.ap-southeast-3.amazoncognito.com auth.ap-southeast-4.amazoncognito.com auth.ap-southeast-5.amazoncognito.com auth.ap-southeast-6.amazoncognito.com auth.ap-southeast-7.amazoncognito.com auth.ca-central-1.amazoncognito.com auth.ca-west-1.amazoncognito.com auth.eu-central-1.amazoncognito.com auth.eu-central-2.amazoncognito.com auth.eu-north-1.amazoncognito.com auth.eu-south-1.amazoncognito.com auth.eu-south-2.amazoncognito.com auth.eu-west-1.amazoncognito.com auth.eu-west-2.amazoncognito.com auth.eu-west-3.amazoncognito.com auth.il-central-1.amazoncognito.com auth.me-central-1.amazoncognito.com auth.me-south-1.amazoncognito.com auth.mx-central-1.amazoncognito.com auth.sa-east-1.amazoncognito.com auth.us-east-1.amazoncognito.com auth.us-east-2.amazoncognito.com auth.us-west-1.amazoncognito.com auth.us-west-2.amazoncognito.com authgear-staging.com authgearapps.com aws.databricksapps.com awsapps.com awsglobalaccelerator.com balena-devices.com barsycenter.com barsyonline.com base44-sandbox.com blogdns.com blogspot.com blogsyte.com boutir.com bplaced.com br.com builtwithdark.com bumbleshrimp.com ca-central-1.elasticbeanstalk.com ca-west-1.elasticbeanstalk.com cafjs.com canva-apps.com canva-hosted-embed.com canvacode.com caracal.mythic-beasts.com cdn77-storage.com cechire.com cf-ipfs.com ciscofreak.com claudeusercontent.com cloud.nospamproxy.com cloudflare-ipfs.com cn.com co.com codespot.com com consent-portal.bedrock-agentcore.ap-northeast-1.amazonaws.com consent-portal.bedrock-agentcore.ap-northeast-2.amazonaws.com consent-portal.bedrock-agentcore.ap-south-1.amazonaws.com consent-portal.bedrock-agentcore.ap-south-2.amazonaws.com consent-portal.bedrock-agentcore.ap-southeast-1.amazonaws.com consent-portal.bedrock-agentcore.ap-southeast-2.amazonaws.com consent-portal.bedrock-agentcore.ap-southeast-5.amazonaws.com consent-portal.bedrock-agentcore.ap-southeast-7.amazonaws.com consent-portal.bedrock-agentcore.ca-central-1.amazonaws.com consent-portal.bedrock-agentcore.eu-central-1.amazonaws.com consent-portal.bedrock-agentcore.eu-north-1.amazonaws.com consent-portal.bedrock-agentcore.eu-south-1.amazonaws.com consent-portal.bedrock-agentcore.eu-south-2.amazonaws.com consent-portal.bedrock-agentcore.eu-west-1.amazonaws.com consent-portal.bedrock-agentcore.eu-west-2.amazonaws.com consent-portal.bedrock-agentcore.eu-west-3.amazonaws.com consent-portal.bedrock-agentcore.sa-east-1.amazonaws.com consent-portal.bedrock-agentcore.us-east-1.amazonaws.com consent-portal.bedrock-agentcore.us-east-2.amazonaws.com consent-portal.bedrock-agentcore.us-gov-west-1.amazonaws.com consent-portal.bedrock-agentcore.us-west-1.amazonaws.com consent-portal.bedrock-agentcore.us-west-2.amazonaws.com cprapid.com cpserver.com customer.mythic-beasts.com damnserver.com dattolocal.com dattorelay.com dattoweb.com ddnsfree.com ddnsgeek.com ddnsguru.com ddnsking.com de.com de.object.ncloudstorage.com demo.datadetect.com demo.jelastic.com deployagent.com deus-canvas.com dev.project-study.com discordsays.com discordsez.com ditchyourip.com dnsabr.com dnsalias.com dnsdojo.com dnsiskinky.com doesntexist.com dojin.com dontexist.com doomdns.com dopaas.com drayddns.com dreamhosters.com drive-platform.com dsmynas.com durumis.com dyn-o-saur.com dynalias.com dyndns-at-home.com dyndns-at-work.com dyndns-blog.com dyndns-free.com dyndns-home.com dyndns-ip.com dyndns-mail.com dyndns-office.com dyndns-pics.com dyndns-remote.com dyndns-server.com dyndns-web.com dyndns-wiki.com dyndns-work.com dynns.com dynuddns.com dynuhosting.com elasticbeanstalk.com emrappui-prod.af-south-1.amazonaws.com emrappui-prod.ap-east-1.amazonaws.com emrappui-prod.ap-northeast-1.amazonaws.com emrappui-prod.ap-northeast-2.amazonaws.com emrappui-prod.ap-northeast-3.amazonaws.com emrappui-prod.ap-south-1.amazonaws.com emrappui-prod.ap-south-2.amazonaws.com emrappui-prod.ap-southeast-1.amazonaws.com emrappui-prod.ap-southeast-2.amazonaws.com emrappui-prod.ap-southeast-3.amazonaws.com emrappui-prod.ap-southeast-4.amazonaws.com emrappui-prod.ca-central-1.amazonaws.com emrappui-prod.ca-west-1.amazonaws.com emrappui-prod.eu-central-1.amazonaws.com emrappui-prod.eu-central-2.amazonaws.com emrappui-prod.eu-north-1.amazonaws.com emrappui-prod.eu-south-1.amazonaws.com emrappui-prod.eu-south-2.amazonaws.com emrappui-prod.eu-west-1.amazonaws.com emrappui-prod.eu-west-2.amazonaws.com emrappui-prod.eu-west-3.amazonaws.com emrappui-prod.il-central-1.amazonaws.com emrappui-prod.me-central-1.amazonaws.com emrappui-prod.me-south-1.amazonaws.com emrappui-prod.sa-east-1.amazonaws.com emrappui-prod.us-east-1.amazonaws.com emrappui-prod.us-east-2.amazonaws.com emrappui-prod.us-gov-east-1.amazonaws.com emrappui-prod.us-gov-west-1.amazonaws.com emrappui-prod.us-west-1.amazonaws.com emrappui-prod.us-west-2.amazonaws.com emrnotebooks-prod.af-south-1.amazonaws.com emrnotebooks-prod.ap-east-1.amazonaws.com emrnotebooks-prod.ap-northeast-1.amazonaws.com emrnotebooks-prod.ap-northeast-2.amazonaws.com emrnotebooks-prod.ap-northeast-3.amazonaws.com emrnotebooks-prod.ap-south-1.amazonaws.com emrnotebooks-prod.ap-south-2.amazonaws.com emrnotebooks-prod.ap-southeast-1.amazonaws.com emrnotebooks-prod.ap-southeast-2.amazonaws.com emrnotebooks-prod.ap-southeast-3.amazonaws.com emrnotebooks-prod.ap-southeast-4.amazonaws.com emrnotebooks-prod.ca-central-1.amazonaws.com emrnotebooks-prod.ca-west-1.amazonaws.com emrnotebooks-prod.eu-central-1.amazonaws.com emrnotebooks-prod.eu-central-2.amazonaws.com emrnotebooks-prod.eu-north-1.amazonaws.com emrnotebooks-prod.eu-south-1.amazonaws.com emrnotebooks-prod.eu-south-2.amazonaws.com emrnotebooks-prod.eu-west-1.amazonaws.com emrnotebooks-prod.eu-west-2.amazonaws.com emrnotebooks-prod.eu-west-3.amazonaws.com emrnotebooks-prod.il-central-1.amazonaws.com emrnotebooks-prod.me-central-1.amazonaws.com emrnotebooks-prod.me-south-1.amazonaws.com emrnotebooks-prod.sa-east-1.amazonaws.com emrnotebooks-prod.us-east-1.amazonaws.com emrnotebooks-prod.us-east-2.amazonaws.com emrnotebooks-prod.us-gov-east-1.amazonaws.com emrnotebooks-prod.us-gov-west-1.amazonaws.com emrnotebooks-prod.us-west-1.amazonaws.com emrnotebooks-prod.us-west-2.amazonaws.com emrstudio-prod.af-south-1.amazonaws.com emrstudio-prod.ap-east-1.amazonaws.com emrstudio-prod.ap-northeast-1.amazonaws.com emrstudio-prod.ap-northeast-2.amazonaws.com emrstudio-prod.ap-northeast-3.amazonaws.com emrstudio-prod.ap-south-1.amazonaws.com emrstudio-prod.ap-south-2.amazonaws.com emrstudio-prod.ap-southeast-1.amazonaws.com emrstudio-prod.ap-southeast-2.amazonaws.com emrstudio-prod.ap-southeast-3.amazonaws.com emrstudio-prod.ap-southeast-4.amazonaws.com emrstudio-prod.ca-central-1.amazonaws.com emrstudio-prod.ca-west-1.amazonaws.com emrstudio-prod.eu-central-1.amazonaws.com emrstudio-prod.eu-central-2.amazonaws.com emrstudio-prod.eu-north-1.amazonaws.com emrstudio-prod.eu-south-1.amazonaws.com emrstudio-prod.eu-south-2.amazonaws.com emrstudio-prod.eu-west-1.amazonaws.com emrstudio-prod.eu-west-2.amazonaws.com emrstudio-prod.eu-west-3.amazonaws.com emrstudio-prod.il-central-1.amazonaws.com emrstudio-prod.me-central-1.amazonaws.com emrstudio-prod.me-south-1.amazonaws.com emrstudio-prod.sa-east-1.amazonaws.com emrstudio-prod.us-east-1.amazonaws.com emrstudio-prod.us-east-2.amazonaws.com emrstudio-prod.us-gov-east-1.amazonaws.com emrstudio-prod.us-gov-west-1.amazonaws.com emrstudio-prod.us-west-1.amazonaws.com emrstudio-prod.us-west-2.amazonaws.com encoreapi.com est-a-la-maison.com est-a-la-masion.com est-le-patron.com est-mon-blogueur.com eu-1.evennode.com eu-2.evennode.com eu-3.evennode.com eu-4.evennode.com eu-central-1.elasticbeanstalk.com eu-central-2.elasticbeanstalk.com eu-north-1.elasticbeanstalk.com eu-south-1.elasticbeanstalk.com eu-south-2.elasticbeanstalk.com eu-west-1.elasticbeanstalk.com eu-west-2.elasticbeanstalk.com eu-west-3.elasticbeanstalk.com eu.com eu.meteorapp.com eu.pythonanywhere.com eu1-plenit.com execute-api.af-south-1.amazonaws.com execute-api.ap-east-1.amazonaws.com execute-api.ap-northeast-1.amazonaws.com execute-api.ap-northeast-2.amazonaws.com execute-api.ap-northeast-3.amazonaws.com execute-api.ap-south-1.amazonaws.com execute-api.ap-south-2.amazonaws.com execute-api.ap-southeast-1.amazonaws.com execute-api.ap-southeast-2.amazonaws.com execute-api.ap-southeast-3.amazonaws.com execute-api.ap-southeast-4.amazonaws.com execute-api.ap-southeast-5.amazonaws.com execute-api.ca-central-1.amazonaws.com execute-api.ca-west-1.amazonaws.com execute-api.eu-central-1.amazonaws.com execute-api.eu-central-2.amazonaws.com execute-api.eu-north-1.amazonaws.com execute-api.eu-south-1.amazonaws.com execute-api.eu-south-2.amazonaws.com execute-api.eu-west-1.amazonaws.com execute-api.eu-west-2.amazonaws.com execute-api.eu-west-3.amazonaws.com execute-api.il-central-1.amazonaws.com execute-api.me-central-1.amazonaws.com execute-api.me-south-1.amazonaws.com execute-api.sa-east-1.amazonaws.com execute-api.us-east-1.amazonaws.com execute-api.us-east-2.amazonaws.com execute-api.us-gov-east-1.amazonaws.com execute-api.us-gov-west-1.amazonaws.com execute-api.us-west-1.amazonaws.com execute-api.us-west-2.amazonaws.com familyds.com fastly-edge.com fastly-terrarium.com fastvps-server.com fentiger.mythic-beasts.com firebaseapp.com firewall-gateway.com fldrv.com forgeblocks.com frame.claudeusercontent.com framercanvas.com freebox-os.com freeboxos.com freemyip.com from-ak.com from-al.com from-ar.com from-ca.com from-ct.com from-dc.com from-de.com from-fl.com from-ga.com from-hi.com from-ia.com from-id.com from-il.com from-in.com from-ks.com from-ky.com from-ma.com from-md.com from-mi.com from-mn.com from-mo.com from-ms.com from-mt.com from-nc.com from-nd.com from-ne.com from-nh.com from-nj.com from-nm.com from-nv.com from-oh.com from-ok.com from-or.com from-pa.com from-pr.com from-ri.com from-sc.com from-sd.com from-tn.com from-tx.com from-ut.com from-va.com from-vt.com from-wa.com from-wi.com from-wv.com from-wy.com gcp.databricksapps.com geekgalaxy.com gentapps.com gentlentapis.com getmyip.com giize.com githubusercontent.com gleeze.com googleapis.com googlecode.com gotdns.com gotpantheon.com gr.com grayjayleagues.com hatenablog.com hatenadiary.com health-carereform.com hercules-app.com hercules-dev.com herokuapp.com hk.com hobby-site.com homelinux.com homesecuritymac.com homesecuritypc.com homeunix.com hosted-by-files.com hostedpi.com hotelwithflight.com iamallama.com il-central-1.elasticbeanstalk.com instance.datadetect.com ip-ddns.com ip.linodeusercontent.com is-a-anarchist.com is-a-blogger.com is-a-bookkeeper.com is-a-bulls-fan.com is-a-caterer.com is-a-chef.com is-a-conservative.com is-a-cpa.com is-a-cubicle-slave.com is-a-democrat.com is-a-designer.com is-a-doctor.com is-a-financialadvisor.com is-a-geek.com is-a-green.com is-a-guru.com is-a-hard-worker.com is-a-hunter.com is-a-landscaper.com is-a-lawyer.com is-a-liberal.com is-a-libertarian.com is-a-llama.com is-a-musician.com is-a-nascarfan.com is-a-nurse.com is-a-painter.com is-a-personaltrainer.com is-a-photographer.com is-a-player.com is-a-republican.com is-a-rockstar.com is-a-socialist.com is-a-student.com is-a-teacher.com is-a-techie.com is-a-therapist.com is-an-accountant.com is-an-actor.com is-an-actress.com is-an-anarchist.com is-an-artist.com is-an-engineer.com is-an-entertainer.com is-certified.com is-gone.com is-into-anime.com is-into-cars.com is-into-cartoons.com is-into-games.com is-leet.com is-not-certified.com is-slick.com is-uberleet.com is-with-theband.com isa-geek.com isa-hockeynut.com issmarterthanyou.com it.com jcloud-ver-jpc.ik-server.com jcloud.ik-server.com jdevcloud.com jed.wafaicloud.com jp.jp4.object.ncpstorage.com jp.jp4.object.private.ncpstorage.com jp.jp5.object.ncpstorage.com jp.jp5.object.private.ncpstorage.com jp.object.ncpstorage.com jp.object.private.ncpstorage.com jpn.com js.wpenginepowered.com kasserver.com kozow.com kr-naver-dev.ncloudstorage.com kr-naver-dev.website.ncloudstorage.com kr-naver.ncloudstorage.com kr-naver.website.ncloudstorage.com kr-private.gov-ncloudstorage.com kr-private.ncloudstorage.com kr.gov-ncloudstorage.com kr.ncloudstorage.com kr.object.fin-ncloudstorage.com kr.object.gov-ncloudstorage.com kr.object.ncloudstorage.com kr.object.ncpstorage.com kr.object.private.fin-ncloudstorage.com kr.object.private.gov-ncloudstorage.com kr.object.private.ncloudstorage.com kr.object.private.ncpstorage.com kr.objectstorage.ncloud.com kr.website.ncloudstorage.com krs.object.gov-ncloudstorage.com krs.object.private.gov-ncloudstorage.com la1-plenit.com ladesk.com likes-pie.com likescandy.com live-website.com localtonet.com logoip.com loseyourip.com lovableproject.com lpusercontent.com lynx.mythic-beasts.com magicpatternsapp.com me-central-1.elasticbeanstalk.com me-south-1.elasticbeanstalk.com media.strapiapp.com members.linode.com messwithdns.com meteorapp.com mex.com miniserver.com mochausercontent.com modelscape.com mrap.accesspoint.s3-global.amazonaws.com mwcloudnonprod.com myactivedirectory.com myasustor.com mycloudnas.com mydatto.com mydbserver.com mydobiss.com myiphost.com mynascloud.com myqnapcloud.com mysecuritycamera.com myshopblocks.com myshopify.com myspreadshop.com mytabit.com mytuleap.com myvnc.com neat-url.com net-freaks.com nfshost.com o365.cloud.nospamproxy.com ocelot.mythic-beasts.com on-aptible.com on-forge.com on-vapor.com oncilla.mythic-beasts.com onrender.com onthewifi.com onza.mythic-beasts.com ooguy.com operaunite.com orsites.com outsystemscloud.com ownprovider.com paas.hosted-by-previder.com paas.massivegrid.com pages.wiardweb.com pagespeedmobilizer.com pgfog.com pivohosting.com pixolino.com playstation-cloud.com pleskns.com point2this.com polyspace.com postman-echo.com preview.emergentagent.com pro.typeform.com pythonanywhere.com qa2.com qbuser.com qualifioapp.com quicksytes.com rackmaze.com rag-cloud-ch.hosteur.com rag-cloud.hosteur.com readthedocs-hosted.com remotewd.com reservd.com rhcloud.com rice-labs.com routingthecloud.com ru.com ryd.wafaicloud.com s3-1.amazonaws.com s3-accesspoint-fips.ca-central-1.amazonaws.com s3-accesspoint-fips.ca-west-1.amazonaws.com s3-accesspoint-fips.dualstack.ca-central-1.amazonaws.com s3-accesspoint-fips.dualstack.ca-west-1.amazonaws.com s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com s3-accesspoint-fips.dualstack.us-east-2.amazonaws.com s3-accesspoint-fips.dualstack.us-gov-east-1.amazonaws.com s3-accesspoint-fips.dualstack.us-gov-west-1.amazonaws.com s3-accesspoint-fips.dualstack.us-west-1.amazonaws.com s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com s3-accesspoint-fips.us-east-1.amazonaws.com s3-accesspoint-fips.us-east-2.amazonaws.com s3-accesspoint-fips.us-gov-east-1.amazonaws.com s3-accesspoint-fips.us-gov-west-1.amazonaws.com s3-accesspoint-fips.us-west-1.amazonaws.com s3-accesspoint-fips.us-west-2.amazonaws.com s3-accesspoint.af-south-1.amazonaws.com s3-accesspoint.ap-east-1.amazonaws.com s3-accesspoint.ap-northeast-1.amazonaws.com s3-accesspoint.ap-northeast-2.amazonaws.com s3-accesspoint.ap-northeast-3.amazonaws.com s3-accesspoint.ap-south-1.amazonaws.com s3-accesspoint.ap-south-2.amazonaws.com s3-accesspoint.ap-southeast-1.amazonaws.com s3-accesspoint.ap-southeast-2.amazonaws.com s3-accesspoint.ap-southeast-3.amazonaws.com s3-accesspoint.ap-southeast-4.amazonaws.com s3-accesspoint.ap-southeast-5.amazonaws.com s3-accesspoint.ca-central-1.amazonaws.com s3-accesspoint.ca-west-1.amazonaws.com s3-accesspoint.dualstack.af-south-1.amazonaws.com s3-accesspoint.dualstack.ap-east-1.amazonaws.com s3-accesspoint.dualstack.ap-northeast-1.amazonaws.com s3-accesspoint.dualstack.ap-northeast-2.amazonaws.com s3-accesspoint.dualstack.ap-northeast-3.amazonaws.com s3-accesspoint.dualstack.ap-south-1.amazonaws.com s3-accesspoint.dualstack.ap-south-2.amazonaws.com s3-accesspoint.dualstack.ap-southeast-1.amazonaws.com s3-accesspoint.dualstack.ap-southeast-2.amazonaws.com s3-accesspoint.dualstack.ap-southeast-3.amazonaws.com s3-accesspoint.dualstack.ap-southeast-4.amazonaws.com s3-accesspoint.dualstack.ap-southeast-5.amazonaws.com s3-accesspoint.dualstack.ca-central-1.amazonaws.com s3-accesspoint.dualstack.ca-west-1.amazonaws.com s3-accesspoint.dualstack.eu-central-1.amazonaws.com s3-accesspoint.dualstack.eu-central-2.amazonaws.com s3-accesspoint.dualstack.eu-north-1.amazonaws.com s3-accesspoint.dualstack.eu-south-1.amazonaws.com s3-accesspoint.dualstack.eu-south-2.amazonaws.com s3-accesspoint.dualstack.eu-west-1.amazonaws.com s3-accesspoint.dualstack.eu-west-2.amazonaws.com s3-accesspoint.dualstack.eu-west-3.amazonaws.com s3-accesspoint.dualstack.il-central-1.amazonaws.com s3-accesspoint.dualstack.me-central-1.amazonaws.com s3-accesspoint.dualstack.me-south-1.amazonaws.com s3-accesspoint.dualstack.sa-east-1.amazonaws.com s3-accesspoint.dualstack.us-east-1.amazonaws.com s3-accesspoint.dualstack.us-east-2.amazonaws.com s3-accesspoint.dualstack.us-gov-east-1.amazonaws.com s3-accesspoint.dualstack.us-gov-west-1.amazonaws.com s3-accesspoint.dualstack.us-west-1.amazonaws.com s3-accesspoint.dualstack.us-west-2.amazonaws.com s3-accesspoint.eu-central-1.amazonaws.com s3-accesspoint.eu-central-2.amazonaws.com s3-accesspoint.eu-north-1.amazonaws.com s3-accesspoint.eu-south-1.amazonaws.com s3-accesspoint.eu-south-2.amazonaws.com s3-accesspoint.eu-west-1.amazonaws.com s3-accesspoint.eu-west-2.amazonaws.com s3-accesspoint.eu-west-3.amazonaws.com s3-accesspoint.il-central-1.amazonaws.com s3-accesspoint.me-central-1.amazonaws.com s3-accesspoint.me-south-1.amazonaws.com s3-accesspoint.sa-east-1.amazonaws.com s3-accesspoint.us-east-1.amazonaws.com s3-accesspoint.us-east-2.amazonaws.com s3-accesspoint.us-gov-east-1.amazonaws.com s3-accesspoint.us-gov-west-1.amazonaws.com s3-accesspoint.us-west-1.amazonaws.com s3-accesspoint.us-west-2.amazonaws.com s3-ap-east-1.amazonaws.com s3-ap-northeast-1.amazonaws.com s3-ap-northeast-2.amazonaws.com s3-ap-northeast-3.amazonaws.com s3-ap-south-1.amazonaws.com s3-ap-southeast-1.amazonaws.com s3-ap-southeast-2.amazonaws.com s3-ca-central-1.amazonaws.com s3-deprecated.ap-southeast-5.amazonaws.com s3-deprecated.eu-west-1.amazonaws.com s3-deprecated.us-east-1.amazonaws.com s3-deprecated.us-east-2.amazonaws.com s3-deprecated.us-west-2.amazonaws.com s3-eu-central-1.amazonaws.com s3-eu-north-1.amazonaws.com s3-eu-west-1.amazonaws.com s3-eu-west-2.amazonaws.com s3-eu-west-3.amazonaws.com s3-external-1.amazonaws.com s3-fips-us-gov-east-1.amazonaws.com s3-fips-us-gov-west-1.amazonaws.com s3-fips.ca-central-1.amazonaws.com s3-fips.ca-west-1.amazonaws.com s3-fips.dualstack.ca-central-1.amazonaws.com s3-fips.dualstack.ca-west-1.amazonaws.com s3-fips.dualstack.us-east-1.amazonaws.com s3-fips.dualstack.us-east-2.amazonaws.com s3-fips.dualstack.us-gov-east-1.amazonaws.com s3-fips.dualstack.us-gov-west-1.amazonaws.com s3-fips.dualstack.us-west-1.amazonaws.com s3-fips.dualstack.us-west-2.amazonaws.com s3-fips.us-east-1.amazonaws.com s3-fips.us-east-2.amazonaws.com s3-fips.us-gov-east-1.amazonaws.com s3-fips.us-gov-west-1.amazonaws.com s3-fips.us-west-1.amazonaws.com s3-fips.us-west-2.amazonaws.com s3-me-south-1.amazonaws.com s3-object-lambda.af-south-1.amazonaws.com s3-object-lambda.ap-east-1.amazonaws.com s3-object-lambda.ap-northeast-1.amazonaws.com s3-object-lambda.ap-northeast-2.amazonaws.com s3-object-lambda.ap-northeast-3.amazonaws.com s3-object-lambda.ap-south-1.amazonaws.com s3-object-lambda.ap-south-2.amazonaws.com s3-object-lambda.ap-southeast-1.amazonaws.com s3-object-lambda.ap-southeast-2.amazonaws.com s3-object-lambda.ap-southeast-3.amazonaws.com s3-object-lambda.ap-southeast-4.amazonaws.com s3-object-lambda.ap-southeast-5.amazonaws.com s3-object-lambda.ca-central-1.amazonaws.com s3-object-lambda.ca-west-1.amazonaws.com s3-object-lambda.eu-central-1.amazonaws.com s3-object-lambda.eu-central-2.amazonaws.com s3-object-lambda.eu-north-1.amazonaws.com s3-object-lambda.eu-south-1.amazonaws.com s3-object-lambda.eu-south-2.amazonaws.com s3-object-lambda.eu-west-1.amazonaws.com s3-object-lambda.eu-west-2.amazonaws.com s3-object-lambda.eu-west-3.amazonaws.com s3-object-lambda.il-central-1.amazonaws.com s3-object-lambda.me-central-1.amazonaws.com s3-object-lambda.me-south-1.amazonaws.com s3-object-lambda.sa-east-1.amazonaws.com s3-object-lambda.us-east-1.amazonaws.com s3-object-lambda.us-east-2.amazonaws.com s3-object-lambda.us-gov-east-1.amazonaws.com s3-object-lambda.us-gov-west-1.amazonaws.com s3-object-lambda.us-west-1.amazonaws.com s3-object-lambda.us-west-2.amazonaws.com s3-sa-east-1.amazonaws.com s3-us-east-2.amazonaws.com s3-us-gov-east-1.amazonaws.com s3-us-gov-west-1.amazonaws.com s3-us-west-1.amazonaws.com s3-us-west-2.amazonaws.com s3-website-ap-northeast-1.amazonaws.com s3-website-ap-southeast-1.amazonaws.com s3-website-ap-southeast-2.amazonaws.com s3-website-eu-west-1.amazonaws.com s3-website-jp.object.ncpstorage.com s3-website-sa-east-1.amazonaws.com s3-website-us-east-1.amazonaws.com s3-website-us-gov-west-1.amazonaws.com s3-website-us-west-1.amazonaws.com s3-website-us-west-2.amazonaws.com s3-website.af-south-1.amazonaws.com s3-website.ap-east-1.amazonaws.com s3-website.ap-northeast-1.amazonaws.com s3-website.ap-northeast-2.amazonaws.com s3-website.ap-northeast-3.amazonaws.com s3-website.ap-south-1.amazonaws.com s3-website.ap-south-2.amazonaws.com s3-website.ap-southeast-1.amazonaws.com s3-website.ap-southeast-2.amazonaws.com s3-website.ap-southeast-3.amazonaws.com s3-website.ap-southeast-4.amazonaws.com s3-website.ap-southeast-5.amazonaws.com s3-website.ca-central-1.amazonaws.com s3-website.ca-west-1.amazonaws.com s3-website.de.object.ncloudstorage.com s3-website.dualstack.af-south-1.amazonaws.com s3-website.dualstack.ap-northeast-1.amazonaws.com s3-website.dualstack.ap-northeast-2.amazonaws.com s3-website.dualstack.ap-northeast-3.amazonaws.com s3-website.dualstack.ap-south-1.amazonaws.com s3-website.dualstack.ap-south-2.amazonaws.com s3-website.dualstack.ap-southeast-1.amazonaws.com s3-website.dualstack.ap-southeast-2.amazonaws.com s3-website.dualstack.ap-southeast-3.amazonaws.com s3-website.dualstack.ap-southeast-4.amazonaws.com s3-website.dualstack.ap-southeast-5.amazonaws.com s3-website.dualstack.ca-central-1.amazonaws.com s3-website.dualstack.ca-west-1.amazonaws.com s3-website.dualstack.eu-central-1.amazonaws.com s3-website.dualstack.eu-central-2.amazonaws.com s3-website.dualstack.eu-south-1.amazonaws.com s3-website.dualstack.eu-south-2.amazonaws.com s3-website.dualstack.eu-west-1.amazonaws.com s3-website.dualstack.eu-west-3.amazonaws.com s3-website.dualstack.il-central-1.amazonaws.com s3-website.dualstack.me-central-1.amazonaws.com s3-website.dualstack.sa-east-1.amazonaws.com s3-website.dualstack.us-east-1.amazonaws.com s3-website.dualstack.us-east-2.amazonaws.com s3-website.dualstack.us-gov-east-1.amazonaws.com s3-website.dualstack.us-gov-west-1.amazonaws.com s3-website.dualstack.us-west-1.amazonaws.com s3-website.dualstack.us-west-2.amazonaws.com s3-website.eu-central-1.amazonaws.com s3-website.eu-central-2.amazonaws.com s3-website.eu-north-1.amazonaws.com s3-website.eu-south-1.amazonaws.com s3-website.eu-south-2.amazonaws.com s3-website.eu-west-1.amazonaws.com s3-website.eu-west-2.amazonaws.com s3-website.eu-west-3.amazonaws.com s3-website.il-central-1.amazonaws.com s3-website.kr.object.fin-ncloudstorage.com s3-website.kr.object.gov-ncloudstorage.com s3-website.kr.object.ncloudstorage.com s3-website.krs.object.gov-ncloudstorage.com s3-website.me-central-1.amazonaws.com s3-website.me-south-1.amazonaws.com s3-website.sa-east-1.amazonaws.com s3-website.sg.object.ncloudstorage.com s3-website.us-east-1.amazonaws.com s3-website.us-east-2.amazonaws.com s3-website.us-gov-east-1.amazonaws.com s3-website.us-gov-west-1.amazonaws.com s3-website.us-west-1.amazonaws.com s3-website.us-west-2.amazonaws.com s3-website.us.object.ncloudstorage.com s3.af-south-1.amazonaws.com s3.amazonaws.com s3.ap-east-1.amazonaws.com s3.ap-northeast-1.amazonaws.com s3.ap-northeast-2.amazonaws.com s3.ap-northeast-3.amazonaws.com s3.ap-south-1.amazonaws.com s3.ap-south-2.amazonaws.com s3.ap-southeast-1.amazonaws.com s3.ap-southeast-2.amazonaws.com s3.ap-southeast-3.amazonaws.com s3.ap-southeast-4.amazonaws.com s3.ap-southeast-5.amazonaws.com s3.ca-central-1.amazonaws.com s3.ca-west-1.amazonaws.com s3.dualstack.af-south-1.amazonaws.com s3.dualstack.ap-east-1.amazonaws.com s3.dualstack.ap-northeast-1.amazonaws.com s3.dualstack.ap-northeast-2.amazonaws.com s3.dualstack.ap-northeast-3.amazonaws.com s3.dualstack.ap-south-1.amazonaws.com s3.dualstack.ap-south-2.amazonaws.com s3.dualstack.ap-southeast-1.amazonaws.com s3.dualstack.ap-southeast-2.amazonaws.com s3.dualstack.ap-southeast-3.amazonaws.com s3.dualstack.ap-southeast-4.amazonaws.com s3.dualstack.ap-southeast-5.amazonaws.com s3.dualstack.ca-central-1.amazonaws.com s3.dualstack.ca-west-1.amazonaws.com s3.dualstack.eu-central-1.amazonaws.com s3.dualstack.eu-central-2.amazonaws.com s3.dualstack.eu-north-1.amazonaws.com s3.dualstack.eu-south-1.amazonaws.com s3.dualstack.eu-south-2.amazonaws.com s3.dualstack.eu-west-1.amazonaws.com s3.dualstack.eu-west-2.amazonaws.com s3.dualstack.eu-west-3.amazonaws.com s3.dualstack.il-central-1.amazonaws.com s3.dualstack.me-central-1.amazonaws.com s3.dualstack.me-south-1.amazonaws.com s3.dualstack.sa-east-1.amazonaws.com s3.dualstack.us-east-1.amazonaws.com s3.dualstack.us-east-2.amazonaws.com s3.dualstack.us-gov-east-1.amazonaws.com s3.dualstack.us-gov-west-1.amazonaws.com s3.dualstack.us-west-1.amazonaws.com s3.dualstack.us-west-2.amazonaws.com s3.eu-central-1.amazonaws.com s3.eu-central-2.amazonaws.com s3.eu-north-1.amazonaws.com s3.eu-south-1.amazonaws.com s3.eu-south-2.amazonaws.com s3.eu-west-1.amazonaws.com s3.eu-west-2.amazonaws.com s3.eu-west-3.amazonaws.com s3.il-central-1.amazonaws.com s3.me-central-1.amazonaws.com s3.me-south-1.amazonaws.com s3.sa-east-1.amazonaws.com s3.us-east-1.amazonaws.com s3.us-east-2.amazonaws.com s3.us-gov-east-1.amazonaws.com s3.us-gov-west-1.amazonaws.com s3.us-west-1.amazonaws.com s3.us-west-2.amazonaws.com sa-east-1.elasticbeanstalk.com sa.com sakuratan.com sakuraweb.com same-app.com same-preview.com saves-the-whales.com scrysec.com securitytactics.com selfip.com sells-for-less.com sells-for-u.com servebbs.com servebeer.com servecounterstrike.com serveexchange.com serveftp.com servegame.com servehalflife.com servehttp.com servehumour.com serveirc.com servemp3.com servep2p.com servepics.com servequake.com servesarcasm.com sg.object.ncloudstorage.com sg.object.private.ncloudstorage.com sg.objectstorage.ncloud.com shopitsite.com siiites.com simple-url.com simplesite.com sinaapp.com site.tb-hosting.com smushcdn.com space-to-rent.com sphinx.mythic-beasts.com stackhero-network.com static.observableusercontent.com strapiapp.com streak-link.com streaklinks.com streakusercontent.com streamlitapp.com stufftoread.com subsc-pay.com taveusercontent.com teaches-yoga.com temp-dns.com theworkpc.com thingdustdata.com townnews-staging.com try-snowplow.com trycloudflare.com tuleap-partners.com uk.com unusualperson.com upsunapp.com us-1.evennode.com us-2.evennode.com us-3.evennode.com us-4.evennode.com us-east-1.amazonaws.com us-east-1.elasticbeanstalk.com us-east-2.elasticbeanstalk.com us-gov-east-1.elasticbeanstalk.com us-gov-west-1.elasticbeanstalk.com us-west-1.elasticbeanstalk.com us-west-2.elasticbeanstalk.com us.com us.object.ncloudstorage.com us1-plenit.com vfs.cloud9.af-south-1.amazonaws.com vfs.cloud9.ap-east-1.amazonaws.com vfs.cloud9.ap-northeast-1.amazonaws.com vfs.cloud9.ap-northeast-2.amazonaws.com vfs.cloud9.ap-northeast-3.amazonaws.com vfs.cloud9.ap-south-1.amazonaws.com vfs.cloud9.ap-southeast-1.amazonaws.com vfs.cloud9.ap-southeast-2.amazonaws.com vfs.cloud9.ca-central-1.amazonaws.com vfs.cloud9.eu-central-1.amazonaws.com vfs.cloud9.eu-north-1.amazonaws.com vfs.cloud9.eu-south-1.amazonaws.com vfs.cloud9.eu-west-1.amazonaws.com vfs.cloud9.eu-west-2.amazonaws.com vfs.cloud9.eu-west-3.amazonaws.com vfs.cloud9.il-central-1.amazonaws.com vfs.cloud9.me-south-1.amazonaws.com vfs.cloud9.sa-east-1.amazonaws.com vfs.cloud9.us-east-1.amazonaws.com vfs.cloud9.us-east-2.amazonaws.com vfs.cloud9.us-west-1.amazonaws.com vfs.cloud9.us-west-2.amazonaws.com vipsinaapp.com vivenushop.com vs.mythic-beasts.com w-corp-staticblitz.com w-credentialless-staticblitz.com w-staticblitz.com wafflecell.com webadorsite.com webspace-host.com webview-assets.aws-cloud9.af-south-1.amazonaws.com webview-assets.aws-cloud9.ap-east-1.amazonaws.com webview-assets.aws-cloud9.ap-northeast-1.amazonaws.com webview-assets.aws-cloud9.ap-northeast-2.amazonaws.com webview-assets.aws-cloud9.ap-northeast-3.amazonaws.com webview-assets.aws-cloud9.ap-south-1.amazonaws.com webview-assets.aws-cloud9.ap-southeast-1.amazonaws.com webview-assets.aws-cloud9.ap-southeast-2.amazonaws.com webview-assets.aws-cloud9.ca-central-1.amazonaws.com webview-assets.aws-cloud9.eu-central-1.amazonaws.com webview-assets.aws-cloud9.eu-north-1.amazonaws.com webview-assets.aws-cloud9.eu-south-1.amazonaws.com webview-assets.aws-cloud9.eu-west-1.amazonaws.com webview-assets.aws-cloud9.eu-west-2.amazonaws.com webview-assets.aws-cloud9.eu-west-3.amazonaws.com webview-assets.aws-cloud9.il-central-1.amazonaws.com webview-assets.aws-cloud9.me-south-1.amazonaws.com webview-assets.aws-cloud9.sa-east-1.amazonaws.com webview-assets.aws-cloud9.us-east-1.amazonaws.com webview-assets.aws-cloud9.us-east-2.amazonaws.com webview-assets.aws-cloud9.us-west-1.amazonaws.com webview-assets.aws-cloud9.us-west-2.amazonaws.com webview-assets.cloud9.af-south-1.amazonaws.com webview-assets.cloud9.ap-east-1.amazonaws.com webview-assets.cloud9.ap-northeast-1.amazonaws.com webview-assets.cloud9.ap-northeast-2.amazonaws.com webview-assets.cloud9.ap-northeast-3.amazonaws.com webview-assets.cloud9.ap-south-1.amazonaws.com webview-assets.cloud9.ap-southeast-1.amazonaws.com webview-assets.cloud9.ap-southeast-2.amazonaws.com webview-assets.cloud9.ca-central-1.amazonaws.com webview-assets.cloud9.eu-central-1.amazonaws.com webview-assets.cloud9.eu-north-1.amazonaws.com webview-assets.cloud9.eu-south-1.amazonaws.com webview-assets.cloud9.eu-west-1.amazonaws.com webview-assets.cloud9.eu-west-2.amazonaws.com webview-assets.cloud9.eu-west-3.amazonaws.com webview-assets.cloud9.me-south-1.amazonaws.com webview-assets.cloud9.sa-east-1.amazonaws.com webview-assets.cloud9.us-east-1.amazonaws.com webview-assets.cloud9.us-east-2.amazonaws.com webview-assets.cloud9.us-west-1.amazonaws.com webview-assets.cloud9.us-west-2.amazonaws.com wiredbladehosting.com withgoogle.com withyoutube.com wixsite.com wixstudio.com woltlab-demo.com workisboring.com wpdevcloud.com wpenginepowered.com wphostedmail.com wpmucdn.com writesthisblog.com x.mythic-beasts.com x0.com xen.prgmr.com xtooldevice.com yali.mythic-beasts.com yolasite.com za.com
commbank
community myforum.community nog.community ravendb.community
company mybox.company
compare
computer
comsec
condos
construction
consulting
contact
contractors
cooking
cool de.cool elementor.cool
coop
corsica
country
coupon
coupons
courses
cpa
ac.cr co.cr cr ed.cr fi.cr go.cr or.cr sa.cr
credit
creditcard
creditunion
cricket
crown
crs
cruise
cruises
com.cu cu edu.cu gob.cu inf.cu nat.cu net.cu org.cu
cuisinella
com.cv cv dev.cv edu.cv id.cv int.cv net.cv nome.cv org.cv publ.cv store.cv
com.cw cw edu.cw net.cw org.cw
assessments.cx ath.cx calculators.cx cloudns.cx cx funnels.cx gov.cx info.cx paynow.cx quizzes.cx researched.cx tests.cx
ac.cy biz.cy com.cy cy ekloges.cy gov.cy j.scaleforce.com.cy ltd.cy mil.cy net.cy org.cy press.cy pro.cy tm.cy
cymru
cyou
*.cloud.metacentrum.cz co.cz custom.metacentrum.cz cz e4.cz flt.cloud.muni.cz gov.cz realm.cz rsc.contentproxy9.cz usr.cloud.muni.cz
dad
dance
data
date
dating
datsun
day
dclk
dds
*.bwcloud-os-instance.de *.frusky.de *.xenonconnect.de 123webseite.de 12hp.de 2ix.de 4lima.de barsy.de bplaced.de co.de com.de community-pro.de customer.speedpartner.de ddnss.de ddnssec.de de diskussionsbereich.de dnshome.de dnsupdater.de dyn-berlin.de dyn-ip24.de dyn.cosidns.de dyn.ddnss.de dyn.home-webserver.de dynamisches-dns.de dyndns.ddnss.de dyndns1.de dyndnssec.de firewall-gateway.de fuettertdasnetz.de git-repos.de goip.de heimdns.de home-webserver.de home64.de in-berlin.de in-brb.de in-butter.de in-dsl.de in-vpn.de internet-dns.de io.noc.ruhr-uni-bochum.de ipv64.de iservschule.de isteingeek.de istmein.de keymachine.de l-o-g-i-n.de lcube-server.de lebtimnetz.de leitungsen.de lima-city.de logoip.de mein-iserv.de my-gateway.de my-router.de my.de myhome-server.de myspreadshop.de pages-research.it.hs-heilbronn.de pages.it.hs-heilbronn.de rub.de ruhr-uni-bochum.de schuldock.de schulplattform.de schulserver.de spdns.de square7.de srvdns.de svn-repos.de taifun-dns.de test-iserv.de traeumtgerade.de virtual-user.de virtualuser.de webspaceconfig.de xn--gnstigbestellen-zvb.de xn--gnstigliefern-wob.de
deal
dealer
deals
degree
delivery
dell
deloitte
delta
democrat
dental
dentist
desi
bss.design design graphic.design
*.aa.crm.dev *.ab.crm.dev *.ac.crm.dev *.ad.crm.dev *.ae.crm.dev *.af.crm.dev *.ci.crm.dev *.d.crm.dev *.gateway.dev *.inbrowser.dev *.lcl.dev *.lclstage.dev *.pa.crm.dev *.pb.crm.dev *.pc.crm.dev *.pd.crm.dev *.pe.crm.dev *.pf.crm.dev *.replit.dev *.s.brave.dev *.stg.dev *.stgstage.dev *.teams.replit.dev *.user.localcert.dev *.w.crm.dev *.wa.crm.dev *.wb.crm.dev *.wc.crm.dev *.wd.crm.dev *.we.crm.dev *.webhare.dev *.wf.crm.dev api.lp.dev barsy.dev bearblog.dev botdash.dev brave.dev codepen.dev deno-staging.dev deno.dev dev erp.dev fly.dev githubpreview.dev grebedoc.dev hrsn.dev is-a-fullstack.dev is-a-good.dev is-a.dev is-cool.dev is-not-a.dev iserv.dev leapcell.dev localplayer.dev loginline.dev lp.dev mediatech.dev mocha-sandbox.dev modx.dev myaddr.dev ngrok-free.dev ngrok.dev objects.lp.dev pagelemon.dev pages.dev panel.dev payload.dev platter-app.dev r2.dev relay.evervault.dev runcontainers.dev t3.storage.dev t3.storageapi.dev vercel.dev vivenushop.dev web.erp.dev workers.dev xmit.dev
dhl
diamonds
diet
digital
direct libp2p.direct
directory
discount
discover
dish
discourse.diy diy imagine.diy
dj
123hjemmeside.dk biz.dk co.dk dk firm.dk myspreadshop.dk reg.dk store.dk
co.dm com.dm dm edu.dm gov.dm net.dm org.dm
dnp
art.do com.do do edu.do gob.do gov.do mil.do net.do org.do sld.do web.do
docs
doctor
dog
domains
dot
download
drive
dtv
dubai
dupont
durban
dvag
dvr
art.dz asso.dz com.dz dz edu.dz gov.dz net.dz org.dz pol.dz soc.dz tm.dz
earth
eat
abg.ec adm.ec agron.ec arqt.ec art.ec bar.ec base.ec chef.ec com.ec cont.ec cpa.ec cue.ec dent.ec dgn.ec disco.ec doc.ec ec edu.ec eng.ec esm.ec fin.ec fot.ec gal.ec gob.ec gov.ec gye.ec ibr.ec info.ec k12.ec lat.ec loj.ec med.ec mil.ec mktg.ec mon.ec net.ec ntr.ec odont.ec official.ec org.ec pro.ec prof.ec psic.ec psiq.ec pub.ec rio.ec rrpp.ec sal.ec tech.ec tul.ec tur.ec uio.ec vet.ec xxx.ec
eco
edeka
edu git-pages.rit.edu
co.education education
aip.ee com.ee edu.ee ee fie.ee gov.ee lib.ee med.ee org.ee pri.ee riik.ee
ac.eg com.eg edu.eg eg eun.eg gov.eg info.eg me.eg mil.eg name.eg net.eg org.eg sci.eg sport.eg tv.eg
email intouch.email p.tawk.email p.tawkto.email
emerck
energy
engineer
engineering
enterprises
epson
equipment
*.er
ericsson
erni
123miweb.es com.es edu.es es gob.es myspreadshop.es nom.es org.es
esq
*.compute.estate estate
biz.et com.et edu.et et gov.et info.et name.et net.et org.et
*.nxa.eu *.transurl.eu auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu barsy.eu cloudns.eu deuxfleurs.eu directwp.eu dnshome.eu eu jelastic.dogado.eu prvw.eu spdns.eu transfer-webapp.eusc-de-east-1.on.amazonwebservices.eu
eurovision
eus user.party.eus
co.events events koobin.events
exchange
expert
exposed
express
extraspace
fage
fail
fairwinds
faith
family
fan mkm.fan
fans
farm
farmers
fashion
fast
fedex
feedback
ferrari
ferrero
123kotisivu.fi aland.fi dy.fi fi fi.cloudplatform.fi iki.fi kapsi.fi myspreadshop.fi xn--hkkinen-5wa.fi
fidelity
fido
film
final
finance
co.financial financial
fire
firestone
firmdale
fish
fishing
fit
fitness
ac.fj biz.fj com.fj edu.fj fj gov.fj id.fj info.fj mil.fj name.fj net.fj org.fj pro.fj
*.fk
flickr
flights
flir
florist
flowers
fly
*.user.fm com.fm edu.fm fm net.fm org.fm radio.fm
fo
foo
food
football
ford
forex
forsale
forum
foundation
fox
123siteweb.fr aeroport.fr asso.fr avocat.fr avoues.fr cci.fr chambagri.fr chirurgiens-dentistes-en-france.fr chirurgiens-dentistes.fr com.fr dedibox.fr experts-comptables.fr fbx-os.fr fbxos.fr fr freebox-os.fr freeboxos.fr goupile.fr gouv.fr greta.fr huissier-justice.fr kdns.fr medecin.fr myspreadshop.fr nom.fr notaires.fr on-web.fr pharmacien.fr port.fr prd.fr tm.fr veterinaire.fr ynh.fr
free
fresenius
frl
frogans
frontier
ftr
fujitsu
fun ms.fun vicp.fun yicp.fun zicp.fun
fund
furniture
futbol
fyi
ga
gal
gallery
gallo
gallup
game
games pley.games sheezy.games
gap
garden
gay pages.gay
gb
gbiz
edu.gd gd gov.gd
cnpy.gdn gdn
com.ge cyb.ge edu.ge ge gov.ge llc.ge net.ge online.ge org.ge pvt.ge school.ge tnx.ge
gea
gent
genting
george
gf
*.at.ply.gg botdash.gg co.gg d6.ply.gg daemon.panel.gg gg kaas.gg net.gg org.gg panel.gg stackit.gg
ggee
biz.gh com.gh edu.gh gh gov.gh mil.gh net.gh org.gh
com.gi edu.gi gi gov.gi ltd.gi mod.gi org.gi
gift
gifts
gives
giving
co.gl com.gl edu.gl gl net.gl org.gl
glass
gle
appwrite.global global
globo
gm
gmail
gmbh
gmo
gmx
ac.gn com.gn edu.gn gn gov.gn net.gn org.gn
godaddy
gold
goldpoint
golf
goodyear
*.usercontent.goog cloud.goog goog translate.goog
google
gop
got
gov
asso.gp com.gp edu.gp gp mobi.gp net.gp org.gp
gq
barsy.gr com.gr edu.gr gov.gr gr net.gr org.gr simplesite.gr
grainger
graphics
gratis
green
gripe
grocery
discourse.group group
gs
com.gt edu.gt gob.gt gt ind.gt mil.gt net.gt org.gt
com.gu edu.gu gov.gu gu guam.gu info.gu net.gu org.gu web.gu
gucci
guge
guide
guitars
guru
gw nx.gw
co.gy com.gy edu.gy gov.gy gy net.gy org.gy
hair
hamburg
hangout
haus
hbo
hdfc
hdfcbank
health hra.health
healthcare
help
here
hermes
hiphop
hisamitsu
hitachi
hiv
com.hk edu.hk gov.hk hk idv.hk inc.hk ltd.hk net.hk org.hk xn--55qx5d.hk xn--ciqpn.hk xn--gmq050i.hk xn--gmqw5a.hk xn--io0a7i.hk xn--lcvr32d.hk xn--mk0axi.hk xn--mxtq1m.hk xn--od0alg.hk xn--od0aq3b.hk xn--tn0ag.hk xn--uc0atv.hk xn--uc0ay4a.hk xn--wcvs22d.hk xn--zf0avx.hk
hkt
hm
com.hn edu.hn gob.hn hn mil.hn net.hn org.hn
hockey
holdings
holiday
homedepot
homegoods
homes
homesense
honda
horse
hospital
bolt.host cloudaccess.host easypanel.host emergent.host fastvps.host freesite.host gadget.host half.host host iserv.host jele.host mircloud.host myfast.host tempurl.host wp2.host wpmudev.host
hosting opencraft.hosting
hot
hotel
hotels
hotmail
house
how
com.hr from.hr hr iz.hr name.hr shop.brendly.hr
hsbc
adult.ht art.ht asso.ht com.ht coop.ht edu.ht firm.ht gouv.ht ht info.ht med.ht net.ht org.ht perso.ht pol.ht pro.ht rel.ht rt.ht shop.ht
2000.hu agrar.hu bolt.hu casino.hu city.hu co.hu erotica.hu erotika.hu film.hu forum.hu games.hu hotel.hu hu info.hu ingatlan.hu jogasz.hu konyvelo.hu lakas.hu media.hu news.hu org.hu priv.hu reklam.hu sex.hu shop.hu sport.hu suli.hu szex.hu tm.hu tozsde.hu utazas.hu video.hu
hughes
hyatt
hyundai
ibm
icbc
ice
icu
ac.id ai.id biz.id co.id desa.id e.id go.id id kop.id mil.id my.id net.id or.id ponpes.id sch.id web.id xn--9tfky.id zone.id
gov.ie ie myspreadshop.ie
ieee
ifm
ikano
ac.il co.il gov.il idf.il il k12.il muni.il mytabit.co.il net.il org.il ravpage.co.il tabitorder.co.il
ac.im co.im com.im im ltd.co.im net.im org.im plc.co.im tt.im tv.im
imamat
imdb
immo
immobilien
5g.in 6g.in ac.in aero.in ai.in alumni.in am.in bank.in barsy.in bihar.in biz.in business.in ca.in cloudns.in cn.in co.in com.in coop.in cs.in delhi.in dr.in edu.in er.in fin.in firm.in gen.in gov.in gujarat.in in ind.in indevs.in info.in int.in internet.in io.in me.in mil.in net.in nic.in org.in pg.in post.in pro.in res.in school.in supabase.in travel.in tv.in ub.in uk.in up.in us.in web.in
inc
industries
infiniti
barrel-of-knowledge.info barrell-of-knowledge.info barsy.info cloudns.info dnsupdate.info dvrcam.info dynamic-dns.info dyndns.info for-our.info forumz.info groks-the.info groks-this.info here-for-more.info ilovecollege.info info knowsitall.info mayfirst.info mittwald.info mittwaldserver.info no-ip.info nsupdate.info selfip.info typo3server.info v-info.info webhop.info
ing
ink
institute
insurance
insure
eu.int int
international
intuit
investments
*.azurecontainer.io *.moonscale.io *.on-k3s.io *.on-rio.io *.raw.icp0.io *.raw.icp1.io *.s.brave.io *.stolos.io *.sys.qcx.io 2038.io ap.ngrok.io apigee.io apps.lair.io au.ngrok.io b-data.io barsy.io basicserver.io beagleboard.io bitbucket.io bluebite.io boxfuse.io brave.io browsersafetymark.io bubbleapps.io cdn.bubble.io cleverapps.io client.scrypted.io cloudbeesusercontent.io co.io com.io cust.dev.thingdust.io cust.disrec.thingdust.io cust.prod.thingdust.io cust.testing.thingdust.io darklang.io dedyn.io definima.io devices.resinstaging.io drive-platform.io dyndns.dappnode.io editorx.io edu.io edugit.io eu.ngrok.io fh-muenster.io gitbook.io github.io gitlab.io gov.io hasura-app.io hostyhosting.io hypernode.io icp0.io icp1.io id.forgerock.io in.ngrok.io io jele.io jp.ngrok.io keenetic.io kiloapps.io loginline.io lolipop.io mil.io mo-siemens.io mock.pstmn.io musician.io myaddr.io myrdbx.io net.io ngrok.io nom.io org.io paas.beebyte.io pantheonsite.io pstmn.io qcx.io qoto.io qzz.io readthedocs.io reservd.dev.thingdust.io reservd.disrec.thingdust.io reservd.testing.thingdust.io resindevice.io sa.ngrok.io sandcats.io sekd1.beebyteapp.io site.rb-hosting.io stage.nodeart.io telebit.io tickets.io us.ngrok.io utwente.io vaporcloud.io virtualserver.io webflow.io webflowtest.io webthings.io wixstudio.io
ipiranga
com.iq edu.iq gov.iq iq mil.iq net.iq org.iq
ac.ir arvanedge.ir co.ir gov.ir id.ir ir net.ir org.ir sch.ir vistablog.ir xn--mgba3a4f16a.ir xn--mgba3a4fra.ir
irish
is
ismaili
ist
istanbul
123homepage.it 16-b.it 32-b.it 64-b.it abr.it abruzzo.it ag.it agrigento.it al.it alessandria.it alto-adige.it altoadige.it an.it ancona.it andria-barletta-trani.it andria-trani-barletta.it andriabarlettatrani.it andriatranibarletta.it ao.it aosta-valley.it aosta.it aostavalley.it aoste.it ap.it aq.it ar.it arezzo.it ascoli-piceno.it ascolipiceno.it asti.it at.it av.it avellino.it ba.it balsan-sudtirol.it balsan-suedtirol.it balsan.it bari.it barletta-trani-andria.it barlettatraniandria.it bas.it basilicata.it belluno.it benevento.it bergamo.it bg.it bi.it biella.it bl.it bn.it bo.it bologna.it bolzano-altoadige.it bolzano.it bozen-sudtirol.it bozen-suedtirol.it bozen.it br.it brescia.it brindisi.it bs.it bt.it bulsan-sudtirol.it bulsan-suedtirol.it bulsan.it bz.it ca.it cagliari.it cal.it calabria.it caltanissetta.it cam.it campania.it campidano-medio.it campidanomedio.it campobasso.it carbonia-iglesias.it carboniaiglesias.it carrara-massa.it carraramassa.it caserta.it catania.it catanzaro.it cb.it ce.it cesena-forli.it cesenaforli.it ch.it chieti.it ci.it cl.it cn.it co.it como.it cosenza.it cr.it cremona.it crotone.it cs.it ct.it cuneo.it cz.it dell-ogliastra.it dellogliastra.it dnshome.it edu.it emilia-romagna.it emiliaromagna.it emr.it en.it enna.it fc.it fe.it fermo.it ferrara.it fg.it fi.it firenze.it florence.it fm.it foggia.it forli-cesena.it forlicesena.it fr.it friuli-v-giulia.it friuli-ve-giulia.it friuli-vegiulia.it friuli-venezia-giulia.it friuli-veneziagiulia.it friuli-vgiulia.it friuliv-giulia.it friulive-giulia.it friulivegiulia.it friulivenezia-giulia.it friuliveneziagiulia.it friulivgiulia.it frosinone.it fvg.it ge.it genoa.it genova.it go.it gorizia.it gov.it gr.it grosseto.it ibxos.it iglesias-carbonia.it iglesiascarbonia.it iliadboxos.it im.it imperia.it is.it isernia.it it jc.neen.it kr.it la-spezia.it laquila.it laspezia.it latina.it laz.it lazio.it lc.it le.it lecce.it lecco.it li.it lig.it liguria.it livorno.it lo.it lodi.it lom.it lombardia.it lombardy.it lt.it lu.it lucania.it lucca.it macerata.it mantova.it mar.it marche.it massa-carrara.it massacarrara.it matera.it mb.it mc.it me.it medio-campidano.it mediocampidano.it messina.it mi.it milan.it milano.it mn.it mo.it modena.it mol.it molise.it monza-brianza.it monza-e-della-brianza.it monza.it monzabrianza.it monzaebrianza.it monzaedellabrianza.it ms.it mt.it myspreadshop.it na.it naples.it napoli.it no.it novara.it nu.it nuoro.it og.it ogliastra.it olbia-tempio.it olbiatempio.it or.it oristano.it ot.it pa.it padova.it padua.it palermo.it parma.it pavia.it pc.it pd.it pe.it perugia.it pesaro-urbino.it pesarourbino.it pescara.it pg.it pi.it piacenza.it piedmont.it piemonte.it pisa.it pistoia.it pmn.it pn.it po.it pordenone.it potenza.it pr.it prato.it pt.it pu.it pug.it puglia.it pv.it pz.it ra.it ragusa.it ravenna.it rc.it re.it reggio-calabria.it reggio-emilia.it reggiocalabria.it reggioemilia.it rg.it ri.it rieti.it rimini.it rm.it rn.it ro.it roma.it rome.it rovigo.it sa.it salerno.it sar.it sardegna.it sardinia.it sassari.it savona.it si.it sic.it sicilia.it sicily.it siena.it siracusa.it so.it sondrio.it sp.it sr.it ss.it su.it sud-sardegna.it sudsardegna.it suedtirol.it sv.it syncloud.it ta.it taa.it taranto.it te.it tempio-olbia.it tempioolbia.it teramo.it terni.it tn.it to.it torino.it tos.it toscana.it tp.it tr.it trani-andria-barletta.it trani-barletta-andria.it traniandriabarletta.it tranibarlettaandria.it trapani.it trentin-sud-tirol.it trentin-sudtirol.it trentin-sued-tirol.it trentin-suedtirol.it trentino-a-adige.it trentino-aadige.it trentino-alto-adige.it trentino-altoadige.it trentino-s-tirol.it trentino-stirol.it trentino-sud-tirol.it trentino-sudtirol.it trentino-sued-tirol.it trentino-suedtirol.it trentino.it trentinoa-adige.it trentinoaadige.it trentinoalto-adige.it trentinoaltoadige.it trentinos-tirol.it trentinostirol.it trentinosud-tirol.it trentinosued-tirol.it trentinosuedtirol.it trentinsud-tirol.it trentinsudtirol.it trentinsued-tirol.it trentinsuedtirol.it trento.it treviso.it trieste.it ts.it turin.it tuscany.it tv.it ud.it udine.it umb.it umbria.it urbino-pesaro.it urbinopesaro.it va.it val-d-aosta.it val-daosta.it vald-aosta.it valle-aosta.it valle-d-aosta.it valle-daosta.it valleaosta.it valled-aosta.it valledaosta.it vallee-aoste.it vallee-d-aoste.it valleeaoste.it valleedaoste.it vao.it varese.it vb.it vc.it vda.it ve.it ven.it veneto.it venezia.it venice.it verbania.it verbano-cusio-ossola.it vercelli.it verona.it vi.it vibo-valentia.it vibovalentia.it vicenza.it viterbo.it vr.it vs.it vt.it vv.it xn--balsan-sdtirol-nsb.it xn--bozen-sdtirol-2ob.it xn--bulsan-sdtirol-nsb.it xn--cesena-forl-mcb.it xn--cesenaforl-i8a.it xn--forl-cesena-fcb.it xn--forlcesena-c8a.it xn--sdtirol-n2a.it xn--trentin-sd-tirol-rzb.it xn--trentin-sdtirol-7vb.it xn--trentino-sd-tirol-c3b.it xn--trentino-sdtirol-szb.it xn--trentinosd-tirol-rzb.it xn--trentinosdtirol-7vb.it xn--trentinsd-tirol-6vb.it xn--trentinsdtirol-nsb.it xn--valle-aoste-ebb.it xn--valle-d-aoste-ehb.it xn--valleaoste-e7a.it xn--valledaoste-ebb.it
itau
itv
jaguar
java
jcb
co.je je net.je of.je org.je
jeep
jetzt
jewelry
jio
jll
*.jm
jmp
jnj
agri.jo ai.jo com.jo edu.jo eng.jo fm.jo gov.jo jo mil.jo net.jo org.jo per.jo phd.jo sch.jo tv.jo
jobs
joburg
jot
joy
!city.kawasaki.jp !city.kitakyushu.jp !city.kobe.jp !city.nagoya.jp !city.sapporo.jp !city.sendai.jp !city.yokohama.jp *.kawasaki.jp *.kitakyushu.jp *.kobe.jp *.nagoya.jp *.sapporo.jp *.sendai.jp *.yokohama.jp 0am.jp 0g0.jp 0j0.jp 0t0.jp 2-d.jp abashiri.hokkaido.jp abeno.osaka.jp abiko.chiba.jp abira.hokkaido.jp abu.yamaguchi.jp ac.jp achi.nagano.jp ad.jp adachi.tokyo.jp aga.niigata.jp agano.niigata.jp agematsu.nagano.jp aguni.okinawa.jp aibetsu.hokkaido.jp aichi.jp aikawa.kanagawa.jp ainan.ehime.jp aioi.hyogo.jp aisai.aichi.jp aisho.shiga.jp aizubange.fukushima.jp aizumi.tokushima.jp aizumisato.fukushima.jp aizuwakamatsu.fukushima.jp akabira.hokkaido.jp akagi.shimane.jp akaiwa.okayama.jp akashi.hyogo.jp aki.kochi.jp akiruno.tokyo.jp akishima.tokyo.jp akita.akita.jp akita.jp akkeshi.hokkaido.jp ako.hyogo.jp akune.kagoshima.jp ama.aichi.jp ama.shimane.jp amagasaki.hyogo.jp amakusa.kumamoto.jp amami.kagoshima.jp ami.ibaraki.jp anamizu.ishikawa.jp anan.nagano.jp anan.tokushima.jp ando.nara.jp angry.jp anjo.aichi.jp annaka.gunma.jp anpachi.gifu.jp aogaki.hyogo.jp aogashima.tokyo.jp aoki.nagano.jp aomori.aomori.jp aomori.jp arai.shizuoka.jp arakawa.saitama.jp arakawa.tokyo.jp arao.kumamoto.jp ariake.saga.jp arida.wakayama.jp aridagawa.wakayama.jp arita.saga.jp asago.hyogo.jp asahi.chiba.jp asahi.ibaraki.jp asahi.mie.jp asahi.nagano.jp asahi.toyama.jp asahi.yamagata.jp asahikawa.hokkaido.jp asaka.saitama.jp asakawa.fukushima.jp asakuchi.okayama.jp asaminami.hiroshima.jp ashibetsu.hokkaido.jp ashikaga.tochigi.jp ashiya.fukuoka.jp ashiya.hyogo.jp ashoro.hokkaido.jp aso.kumamoto.jp assabu.hokkaido.jp asuke.aichi.jp atami.shizuoka.jp atsugi.kanagawa.jp atsuma.hokkaido.jp awaji.hyogo.jp aya.miyazaki.jp ayabe.kyoto.jp ayagawa.kagawa.jp ayase.kanagawa.jp azumino.nagano.jp babyblue.jp babymilk.jp backdrop.jp bambina.jp bandai.fukushima.jp bando.ibaraki.jp bato.tochigi.jp beppu.oita.jp bibai.hokkaido.jp biei.hokkaido.jp bifuka.hokkaido.jp bihoro.hokkaido.jp biratori.hokkaido.jp bitter.jp bizen.okayama.jp blush.jp bona.jp boo.jp boy.jp boyfriend.jp bungoono.oita.jp bungotakada.oita.jp bunkyo.tokyo.jp but.jp buyshop.jp buzen.fukuoka.jp candypop.jp capoo.jp catfood.jp cheap.jp chiba.jp chicappa.jp chichibu.saitama.jp chigasaki.kanagawa.jp chihayaakasaka.osaka.jp chijiwa.nagasaki.jp chikugo.fukuoka.jp chikuho.fukuoka.jp chikuhoku.nagano.jp chikujo.fukuoka.jp chikuma.nagano.jp chikusei.ibaraki.jp chikushino.fukuoka.jp chikuzen.fukuoka.jp chillout.jp chino.nagano.jp chippubetsu.hokkaido.jp chips.jp chiryu.aichi.jp chita.aichi.jp chitose.hokkaido.jp chiyoda.gunma.jp chiyoda.tokyo.jp chizu.tottori.jp chofu.tokyo.jp chonan.chiba.jp chosei.chiba.jp choshi.chiba.jp chowder.jp choyo.kumamoto.jp chu.jp chuo.chiba.jp chuo.fukuoka.jp chuo.osaka.jp chuo.tokyo.jp chuo.yamanashi.jp ciao.jp co.jp cocotte.jp coolblog.jp cranky.jp crap.jp cutegirl.jp daa.jp daigo.ibaraki.jp daisen.akita.jp daito.osaka.jp daiwa.hiroshima.jp date.fukushima.jp date.hokkaido.jp daynight.jp dazaifu.fukuoka.jp deca.jp deci.jp digick.jp doshi.yamanashi.jp ebetsu.hokkaido.jp ebina.kanagawa.jp ebino.miyazaki.jp echizen.fukui.jp ed.jp edogawa.tokyo.jp eek.jp egoism.jp ehime.jp eiheiji.fukui.jp embetsu.hokkaido.jp ena.gifu.jp eniwa.hokkaido.jp erimo.hokkaido.jp esan.hokkaido.jp esashi.hokkaido.jp etajima.hiroshima.jp fakefur.jp fashionstore.jp fem.jp flier.jp flop.jp floppy.jp fool.jp frenchkiss.jp fuchu.hiroshima.jp fuchu.tokyo.jp fuchu.toyama.jp fudai.iwate.jp fuefuki.yamanashi.jp fuji.shizuoka.jp fujieda.shizuoka.jp fujiidera.osaka.jp fujikawa.shizuoka.jp fujikawa.yamanashi.jp fujikawaguchiko.yamanashi.jp fujimi.nagano.jp fujimi.saitama.jp fujimino.saitama.jp fujinomiya.shizuoka.jp fujioka.gunma.jp fujisato.akita.jp fujisawa.iwate.jp fujisawa.kanagawa.jp fujishiro.ibaraki.jp fujiyoshida.yamanashi.jp fukagawa.hokkaido.jp fukaya.saitama.jp fukuchi.fukuoka.jp fukuchiyama.kyoto.jp fukudomi.saga.jp fukui.fukui.jp fukui.jp fukumitsu.toyama.jp fukuoka.jp fukuroi.shizuoka.jp fukusaki.hyogo.jp fukushima.fukushima.jp fukushima.hokkaido.jp fukushima.jp fukuyama.hiroshima.jp funabashi.chiba.jp funagata.yamagata.jp funahashi.toyama.jp furano.hokkaido.jp furubira.hokkaido.jp furudono.fukushima.jp furukawa.miyagi.jp fuso.aichi.jp fussa.tokyo.jp futaba.fukushima.jp futsu.nagasaki.jp futtsu.chiba.jp gamagori.aichi.jp gamo.shiga.jp gehirn.ne.jp geisei.kochi.jp genkai.saga.jp gifu.gifu.jp gifu.jp ginan.gifu.jp ginowan.okinawa.jp ginoza.okinawa.jp girlfriend.jp girly.jp gloomy.jp go.jp gobo.wakayama.jp godo.gifu.jp gojome.akita.jp gokase.miyazaki.jp gonna.jp gonohe.aomori.jp gose.nara.jp gosen.niigata.jp goshiki.hyogo.jp gotemba.shizuoka.jp goto.nagasaki.jp gotsu.shimane.jp gr.jp greater.jp gujo.gifu.jp gunma.jp gushikami.okinawa.jp gyokuto.kumamoto.jp habikino.osaka.jp haboro.hokkaido.jp hacca.jp hachijo.tokyo.jp hachinohe.aomori.jp hachioji.tokyo.jp hachirogata.akita.jp hadano.kanagawa.jp haebaru.okinawa.jp haga.tochigi.jp hagi.yamaguchi.jp haibara.shizuoka.jp hakata.fukuoka.jp hakodate.hokkaido.jp hakone.kanagawa.jp hakuba.nagano.jp hakui.ishikawa.jp hakusan.ishikawa.jp halfmoon.jp hamada.shimane.jp hamamatsu.shizuoka.jp hamatama.saga.jp hamatonbetsu.hokkaido.jp hamura.tokyo.jp hanamaki.iwate.jp hanamigawa.chiba.jp hanawa.fukushima.jp handa.aichi.jp handcrafted.jp hannan.osaka.jp hanno.saitama.jp hanyu.saitama.jp happou.akita.jp hara.nagano.jp harima.hyogo.jp hasama.oita.jp hasami.nagasaki.jp hashikami.aomori.jp hashima.gifu.jp hashimoto.wakayama.jp hasuda.saitama.jp hateblo.jp hatenablog.jp hatenadiary.jp hatogaya.saitama.jp hatoyama.saitama.jp hatsukaichi.hiroshima.jp hayakawa.yamanashi.jp hayashima.okayama.jp hazu.aichi.jp heavy.jp heguri.nara.jp hekinan.aichi.jp her.jp hichiso.gifu.jp hida.gifu.jp hidaka.hokkaido.jp hidaka.kochi.jp hidaka.saitama.jp hidaka.wakayama.jp higashi.fukuoka.jp higashi.fukushima.jp higashi.okinawa.jp higashiagatsuma.gunma.jp higashichichibu.saitama.jp higashihiroshima.hiroshima.jp higashiizu.shizuoka.jp higashiizumo.shimane.jp higashikagawa.kagawa.jp higashikagura.hokkaido.jp higashikawa.hokkaido.jp higashikurume.tokyo.jp higashimatsushima.miyagi.jp higashimatsuyama.saitama.jp higashimurayama.tokyo.jp higashinaruse.akita.jp higashine.yamagata.jp higashiomi.shiga.jp higashiosaka.osaka.jp higashishirakawa.gifu.jp higashisumiyoshi.osaka.jp higashitsuno.kochi.jp higashiura.aichi.jp higashiyama.kyoto.jp higashiyamato.tokyo.jp higashiyodogawa.osaka.jp higashiyoshino.nara.jp hiho.jp hiji.oita.jp hikari.yamaguchi.jp hikawa.shimane.jp hikimi.shimane.jp hikone.shiga.jp himeji.hyogo.jp himeshima.oita.jp himi.toyama.jp hino.tokyo.jp hino.tottori.jp hinode.tokyo.jp hinohara.tokyo.jp hioki.kagoshima.jp hippy.jp hirado.nagasaki.jp hiraizumi.iwate.jp hirakata.osaka.jp hiranai.aomori.jp hirara.okinawa.jp hirata.fukushima.jp hiratsuka.kanagawa.jp hiraya.nagano.jp hirogawa.wakayama.jp hirokawa.fukuoka.jp hirono.fukushima.jp hirono.iwate.jp hiroo.hokkaido.jp hirosaki.aomori.jp hiroshima.jp hisayama.fukuoka.jp hita.oita.jp hitachi.ibaraki.jp hitachinaka.ibaraki.jp hitachiomiya.ibaraki.jp hitachiota.ibaraki.jp hizen.saga.jp hofu.yamaguchi.jp hokkaido.jp hokuryu.hokkaido.jp hokuto.hokkaido.jp hokuto.yamanashi.jp holy.jp honai.ehime.jp honbetsu.hokkaido.jp hongo.hiroshima.jp honjo.akita.jp honjo.saitama.jp honjyo.akita.jp horokanai.hokkaido.jp horonobe.hokkaido.jp hungry.jp hyogo.jp hyuga.miyazaki.jp ibara.okayama.jp ibaraki.ibaraki.jp ibaraki.jp ibaraki.osaka.jp ibigawa.gifu.jp ichiba.tokushima.jp ichihara.chiba.jp ichikai.tochigi.jp ichikawa.chiba.jp ichikawa.hyogo.jp ichikawamisato.yamanashi.jp ichinohe.iwate.jp ichinomiya.aichi.jp ichinomiya.chiba.jp ichinoseki.iwate.jp icurus.jp ide.kyoto.jp iheya.okinawa.jp iida.nagano.jp iide.yamagata.jp iijima.nagano.jp iitate.fukushima.jp iiyama.nagano.jp iizuka.fukuoka.jp iizuna.nagano.jp ikaruga.nara.jp ikata.ehime.jp ikawa.akita.jp ikeda.fukui.jp ikeda.gifu.jp ikeda.hokkaido.jp ikeda.nagano.jp ikeda.osaka.jp iki.nagasaki.jp ikoma.nara.jp ikusaka.nagano.jp imabari.ehime.jp imakane.hokkaido.jp imari.saga.jp imizu.toyama.jp ina.ibaraki.jp ina.nagano.jp ina.saitama.jp inabe.mie.jp inagawa.hyogo.jp inagi.tokyo.jp inami.toyama.jp inami.wakayama.jp inashiki.ibaraki.jp inatsuki.fukuoka.jp inawashiro.fukushima.jp inazawa.aichi.jp ine.kyoto.jp ino.kochi.jp inuyama.aichi.jp inzai.chiba.jp iruma.saitama.jp isa.kagoshima.jp isahaya.nagasaki.jp ise.mie.jp isehara.kanagawa.jp isen.kagoshima.jp isesaki.gunma.jp ishigaki.okinawa.jp ishikari.hokkaido.jp ishikawa.fukushima.jp ishikawa.jp ishikawa.okinawa.jp ishinomaki.miyagi.jp isshiki.aichi.jp isumi.chiba.jp itabashi.tokyo.jp itako.ibaraki.jp itakura.gunma.jp itami.hyogo.jp itano.tokushima.jp itayanagi.aomori.jp itigo.jp ito.shizuoka.jp itoigawa.niigata.jp itoman.okinawa.jp ivory.ne.jp iwade.wakayama.jp iwafune.tochigi.jp iwaizumi.iwate.jp iwaki.fukushima.jp iwakuni.yamaguchi.jp iwakura.aichi.jp iwama.ibaraki.jp iwamizawa.hokkaido.jp iwanai.hokkaido.jp iwanuma.miyagi.jp iwata.shizuoka.jp iwate.iwate.jp iwate.jp iwatsuki.saitama.jp iyo.ehime.jp izena.okinawa.jp izu.shizuoka.jp izumi.kagoshima.jp izumi.osaka.jp izumiotsu.osaka.jp izumisano.osaka.jp izumizaki.fukushima.jp izumo.shimane.jp izumozaki.niigata.jp izunokuni.shizuoka.jp jeez.jp jellybean.jp jinsekikogen.hiroshima.jp joboji.iwate.jp joetsu.niigata.jp johana.toyama.jp joso.ibaraki.jp joyo.kyoto.jp jp kadena.okinawa.jp kadogawa.miyazaki.jp kadoma.osaka.jp kaga.ishikawa.jp kagami.kochi.jp kagamiishi.fukushima.jp kagamino.okayama.jp kagawa.jp kagoshima.jp kagoshima.kagoshima.jp kaho.fukuoka.jp kahoku.ishikawa.jp kahoku.yamagata.jp kai.yamanashi.jp kainan.tokushima.jp kainan.wakayama.jp kaisei.kanagawa.jp kaita.hiroshima.jp kaizuka.osaka.jp kakamigahara.gifu.jp kakegawa.shizuoka.jp kakinoki.shimane.jp kakogawa.hyogo.jp kakuda.miyagi.jp kamagaya.chiba.jp kamaishi.iwate.jp kamakura.kanagawa.jp kameoka.kyoto.jp kameyama.mie.jp kami.kochi.jp kami.miyagi.jp kamiamakusa.kumamoto.jp kamifurano.hokkaido.jp kamigori.hyogo.jp kamiichi.toyama.jp kamiizumi.saitama.jp kamijima.ehime.jp kamikawa.hokkaido.jp kamikawa.hyogo.jp kamikawa.saitama.jp kamikitayama.nara.jp kamikoani.akita.jp kamimine.saga.jp kaminokawa.tochigi.jp kaminoyama.yamagata.jp kamioka.akita.jp kamisato.saitama.jp kamishihoro.hokkaido.jp kamisu.ibaraki.jp kamisunagawa.hokkaido.jp kamitonda.wakayama.jp kamitsue.oita.jp kamo.kyoto.jp kamo.niigata.jp kamoenai.hokkaido.jp kamogawa.chiba.jp kanagawa.jp kanan.osaka.jp kanazawa.ishikawa.jp kanegasaki.iwate.jp kaneyama.fukushima.jp kaneyama.yamagata.jp kani.gifu.jp kanie.aichi.jp kanmaki.nara.jp kanna.gunma.jp kannami.shizuoka.jp kanonji.kagawa.jp kanoya.kagoshima.jp kanra.gunma.jp kanuma.tochigi.jp kanzaki.saga.jp karasuyama.tochigi.jp karatsu.saga.jp kariwa.niigata.jp kariya.aichi.jp karuizawa.nagano.jp karumai.iwate.jp kasahara.gifu.jp kasai.hyogo.jp kasama.ibaraki.jp kasamatsu.gifu.jp kasaoka.okayama.jp kashiba.nara.jp kashihara.nara.jp kashima.ibaraki.jp kashima.saga.jp kashiwa.chiba.jp kashiwara.osaka.jp kashiwazaki.niigata.jp kasuga.fukuoka.jp kasuga.hyogo.jp kasugai.aichi.jp kasukabe.saitama.jp kasumigaura.ibaraki.jp kasuya.fukuoka.jp katagami.akita.jp katano.osaka.jp katashina.gunma.jp katori.chiba.jp katsuragi.nara.jp katsuragi.wakayama.jp katsushika.tokyo.jp katsuura.chiba.jp katsuyama.fukui.jp kawaba.gunma.jp kawachinagano.osaka.jp kawagoe.mie.jp kawagoe.saitama.jp kawaguchi.saitama.jp kawahara.tottori.jp kawai.iwate.jp kawai.nara.jp kawaiishop.jp kawajima.saitama.jp kawakami.nagano.jp kawakami.nara.jp kawakita.ishikawa.jp kawamata.fukushima.jp kawaminami.miyazaki.jp kawanabe.kagoshima.jp kawanehon.shizuoka.jp kawanishi.hyogo.jp kawanishi.nara.jp kawanishi.yamagata.jp kawara.fukuoka.jp kawasaki.miyagi.jp kawatana.nagasaki.jp kawaue.gifu.jp kawazu.shizuoka.jp kayabe.hokkaido.jp kazo.saitama.jp kazuno.akita.jp keisen.fukuoka.jp kembuchi.hokkaido.jp kibichuo.okayama.jp kiho.mie.jp kihoku.ehime.jp kijo.miyazaki.jp kikirara.jp kikonai.hokkaido.jp kikuchi.kumamoto.jp kikugawa.shizuoka.jp kill.jp kilo.jp kimino.wakayama.jp kimitsu.chiba.jp kimobetsu.hokkaido.jp kin.okinawa.jp kinko.kagoshima.jp kinokawa.wakayama.jp kira.aichi.jp kiryu.gunma.jp kisarazu.chiba.jp kishiwada.osaka.jp kiso.nagano.jp kisofukushima.nagano.jp kisosaki.mie.jp kita.kyoto.jp kita.osaka.jp kita.tokyo.jp kitaaiki.nagano.jp kitaakita.akita.jp kitadaito.okinawa.jp kitagata.gifu.jp kitagata.saga.jp kitagawa.kochi.jp kitagawa.miyazaki.jp kitahata.saga.jp kitahiroshima.hokkaido.jp kitakami.iwate.jp kitakata.fukushima.jp kitakata.miyazaki.jp kitami.hokkaido.jp kitamoto.saitama.jp kitanakagusuku.okinawa.jp kitashiobara.fukushima.jp kitaura.miyazaki.jp kitayama.wakayama.jp kiwa.mie.jp kiyama.saga.jp kiyokawa.kanagawa.jp kiyosato.hokkaido.jp kiyose.tokyo.jp kiyosu.aichi.jp kizu.kyoto.jp kobayashi.miyazaki.jp kochi.jp kochi.kochi.jp kodaira.tokyo.jp kofu.yamanashi.jp koga.fukuoka.jp koga.ibaraki.jp koganei.tokyo.jp koge.tottori.jp koka.shiga.jp kokonoe.oita.jp kokubunji.tokyo.jp komae.tokyo.jp komagane.nagano.jp komaki.aichi.jp komatsu.ishikawa.jp komatsushima.tokushima.jp komono.mie.jp komoro.nagano.jp konan.aichi.jp konan.shiga.jp koori.fukushima.jp koriyama.fukushima.jp koryo.nara.jp kosai.shizuoka.jp kosaka.akita.jp kosei.shiga.jp koshigaya.saitama.jp koshimizu.hokkaido.jp koshu.yamanashi.jp kosuge.yamanashi.jp kota.aichi.jp koto.shiga.jp koto.tokyo.jp kotohira.kagawa.jp kotoura.tottori.jp kouhoku.saga.jp kounosu.saitama.jp kouyama.kagoshima.jp kouzushima.tokyo.jp koya.wakayama.jp koza.wakayama.jp kozagawa.wakayama.jp kozaki.chiba.jp kuchinotsu.nagasaki.jp kudamatsu.yamaguchi.jp kudoyama.wakayama.jp kui.hiroshima.jp kuji.iwate.jp kuju.oita.jp kujukuri.chiba.jp kuki.saitama.jp kumagaya.saitama.jp kumakogen.ehime.jp kumamoto.jp kumamoto.kumamoto.jp kumano.hiroshima.jp kumano.mie.jp kumatori.osaka.jp kumejima.okinawa.jp kumenan.okayama.jp kumiyama.kyoto.jp kunigami.okinawa.jp kunimi.fukushima.jp kunisaki.oita.jp kunitachi.tokyo.jp kunitomi.miyazaki.jp kunneppu.hokkaido.jp kunohe.iwate.jp kurashiki.okayama.jp kurate.fukuoka.jp kure.hiroshima.jp kuriyama.hokkaido.jp kurobe.toyama.jp kurogi.fukuoka.jp kuroishi.aomori.jp kuroiso.tochigi.jp kuromatsunai.hokkaido.jp kuron.jp kurotaki.nara.jp kurume.fukuoka.jp kusatsu.gunma.jp kusatsu.shiga.jp kushima.miyazaki.jp kushimoto.wakayama.jp kushiro.hokkaido.jp kusu.oita.jp kutchan.hokkaido.jp kuwana.mie.jp kuzumaki.iwate.jp kyonan.chiba.jp kyotamba.kyoto.jp kyotanabe.kyoto.jp kyotango.kyoto.jp kyoto.jp kyowa.akita.jp kyowa.hokkaido.jp kyuragi.saga.jp lg.jp littlestar.jp lolipopmc.jp lolitapunk.jp lomo.jp lovepop.jp lovesick.jp machida.tokyo.jp maebashi.gunma.jp maibara.shiga.jp mail-box.ne.jp main.jp maizuru.kyoto.jp makinohara.shizuoka.jp makurazaki.kagoshima.jp mamurogawa.yamagata.jp maniwa.okayama.jp manno.kagawa.jp marugame.kagawa.jp marumori.miyagi.jp masaki.ehime.jp mashike.hokkaido.jp mashiki.kumamoto.jp mashiko.tochigi.jp masuda.shimane.jp matrix.jp matsubara.osaka.jp matsubushi.saitama.jp matsuda.kanagawa.jp matsudo.chiba.jp matsue.shimane.jp matsukawa.nagano.jp matsumae.hokkaido.jp matsumoto.kagoshima.jp matsumoto.nagano.jp matsuno.ehime.jp matsusaka.mie.jp matsushige.tokushima.jp matsushima.miyagi.jp matsuura.nagasaki.jp matsuyama.ehime.jp matsuzaki.shizuoka.jp meguro.tokyo.jp meiwa.gunma.jp meiwa.mie.jp miasa.nagano.jp mibu.tochigi.jp midori.chiba.jp midori.gunma.jp mie.jp mifune.kumamoto.jp mihama.aichi.jp mihama.chiba.jp mihama.fukui.jp mihama.mie.jp mihama.wakayama.jp mihara.hiroshima.jp mihara.kochi.jp miharu.fukushima.jp miho.ibaraki.jp mikasa.hokkaido.jp mikawa.yamagata.jp miki.hyogo.jp mima.tokushima.jp mimata.miyazaki.jp mimoza.jp minakami.gunma.jp minamata.kumamoto.jp minami-alps.yamanashi.jp minami.fukuoka.jp minami.kyoto.jp minami.tokushima.jp minamiaiki.nagano.jp minamiashigara.kanagawa.jp minamiawaji.hyogo.jp minamiboso.chiba.jp minamidaito.okinawa.jp minamiechizen.fukui.jp minamifurano.hokkaido.jp minamiise.mie.jp minamiizu.shizuoka.jp minamimaki.nagano.jp minamiminowa.nagano.jp minamioguni.kumamoto.jp minamisanriku.miyagi.jp minamitane.kagoshima.jp minamiuonuma.niigata.jp minamiyamashiro.kyoto.jp minano.saitama.jp minato.osaka.jp minato.tokyo.jp mino.gifu.jp minobu.yamanashi.jp minoh.osaka.jp minokamo.gifu.jp minowa.nagano.jp mints.ne.jp misaki.okayama.jp misaki.osaka.jp misasa.tottori.jp misato.akita.jp misato.miyagi.jp misato.saitama.jp misato.shimane.jp misato.wakayama.jp misawa.aomori.jp mishima.fukushima.jp mishima.shizuoka.jp misugi.mie.jp mitaka.tokyo.jp mitake.gifu.jp mitane.akita.jp mito.ibaraki.jp mitou.yamaguchi.jp mitoyo.kagawa.jp mitsue.nara.jp mitsuke.niigata.jp miura.kanagawa.jp miyada.nagano.jp miyagi.jp miyake.nara.jp miyako.fukuoka.jp miyako.iwate.jp miyakonojo.miyazaki.jp miyama.fukuoka.jp miyama.mie.jp miyashiro.saitama.jp miyawaka.fukuoka.jp miyazaki.jp miyazaki.miyazaki.jp miyazu.kyoto.jp miyoshi.aichi.jp miyoshi.hiroshima.jp miyoshi.saitama.jp miyoshi.tokushima.jp miyota.nagano.jp mizuho.tokyo.jp mizumaki.fukuoka.jp mizunami.gifu.jp mizusawa.iwate.jp mobara.chiba.jp mochizuki.nagano.jp mods.jp moka.tochigi.jp mokuren.ne.jp mombetsu.hokkaido.jp mond.jp mongolian.jp moo.jp moriguchi.osaka.jp morimachi.shizuoka.jp morioka.iwate.jp moriya.ibaraki.jp moriyama.shiga.jp moriyoshi.akita.jp morotsuka.miyazaki.jp moroyama.saitama.jp moseushi.hokkaido.jp motegi.tochigi.jp motobu.okinawa.jp motosu.gifu.jp motoyama.kochi.jp mugi.tokushima.jp muika.niigata.jp mukawa.hokkaido.jp muko.kyoto.jp munakata.fukuoka.jp murakami.niigata.jp murata.miyagi.jp murayama.yamagata.jp muroran.hokkaido.jp muroto.kochi.jp musashimurayama.tokyo.jp musashino.tokyo.jp mutsu.aomori.jp mutsuzawa.chiba.jp mydns.jp myoko.niigata.jp nabari.mie.jp nachikatsuura.wakayama.jp nagahama.shiga.jp nagai.yamagata.jp nagano.jp nagano.nagano.jp naganohara.gunma.jp nagaoka.niigata.jp nagaokakyo.kyoto.jp nagara.chiba.jp nagareyama.chiba.jp nagasaki.jp nagasaki.nagasaki.jp nagasu.kumamoto.jp nagato.yamaguchi.jp nagatoro.saitama.jp nagawa.nagano.jp nagi.okayama.jp nagiso.nagano.jp nago.okinawa.jp naha.okinawa.jp nahari.kochi.jp naie.hokkaido.jp naka.hiroshima.jp naka.ibaraki.jp nakadomari.aomori.jp nakagawa.fukuoka.jp nakagawa.hokkaido.jp nakagawa.nagano.jp nakagawa.tokushima.jp nakagusuku.okinawa.jp nakagyo.kyoto.jp nakai.kanagawa.jp nakama.fukuoka.jp nakamichi.yamanashi.jp nakamura.kochi.jp nakaniikawa.toyama.jp nakano.nagano.jp nakano.tokyo.jp nakanojo.gunma.jp nakanoto.ishikawa.jp nakasatsunai.hokkaido.jp nakatane.kagoshima.jp nakatombetsu.hokkaido.jp nakatsugawa.gifu.jp nakayama.yamagata.jp nakijin.okinawa.jp namaste.jp namegata.ibaraki.jp namegawa.saitama.jp namerikawa.toyama.jp namie.fukushima.jp namikata.ehime.jp nanae.hokkaido.jp nanao.ishikawa.jp nanbu.tottori.jp nanbu.yamanashi.jp nango.fukushima.jp nanjo.okinawa.jp nankoku.kochi.jp nanmoku.gunma.jp nanporo.hokkaido.jp nantan.kyoto.jp nanto.toyama.jp nanyo.yamagata.jp naoshima.kagawa.jp nara.jp nara.nara.jp narashino.chiba.jp narita.chiba.jp narusawa.yamanashi.jp naruto.tokushima.jp nasu.tochigi.jp nasushiobara.tochigi.jp natori.miyagi.jp nayoro.hokkaido.jp ne.jp nemuro.hokkaido.jp nerima.tokyo.jp netgamers.jp neyagawa.osaka.jp nichinan.miyazaki.jp nichinan.tottori.jp niigata.jp niigata.niigata.jp niihama.ehime.jp niikappu.hokkaido.jp niimi.okayama.jp niiza.saitama.jp nikaho.akita.jp niki.hokkaido.jp nikita.jp nikko.tochigi.jp ninohe.iwate.jp ninomiya.kanagawa.jp nirasaki.yamanashi.jp nishi.fukuoka.jp nishi.osaka.jp nishiaizu.fukushima.jp nishiarita.saga.jp nishiawakura.okayama.jp nishiazai.shiga.jp nishigo.fukushima.jp nishihara.kumamoto.jp nishihara.okinawa.jp nishiizu.shizuoka.jp nishikata.tochigi.jp nishikatsura.yamanashi.jp nishikawa.yamagata.jp nishimera.miyazaki.jp nishinomiya.hyogo.jp nishinoomote.kagoshima.jp nishinoshima.shimane.jp nishio.aichi.jp nishiokoppe.hokkaido.jp nishitosa.kochi.jp nishiwaki.hyogo.jp nisshin.aichi.jp niyodogawa.kochi.jp nobeoka.miyazaki.jp noboribetsu.hokkaido.jp nobushi.jp noda.chiba.jp noda.iwate.jp nogata.fukuoka.jp nogi.tochigi.jp noheji.aomori.jp nomi.ishikawa.jp nonoichi.ishikawa.jp noor.jp nose.osaka.jp nosegawa.nara.jp noshiro.akita.jp noto.ishikawa.jp notogawa.shiga.jp nozawaonsen.nagano.jp numata.gunma.jp numata.hokkaido.jp numazu.shizuoka.jp nyanta.jp nyuzen.toyama.jp o0o0.jp oamishirasato.chiba.jp oarai.ibaraki.jp obama.fukui.jp obama.nagasaki.jp obanazawa.yamagata.jp obihiro.hokkaido.jp obira.hokkaido.jp obu.aichi.jp obuse.nagano.jp ochi.kochi.jp odate.akita.jp odawara.kanagawa.jp oe.yamagata.jp ofunato.iwate.jp oga.akita.jp ogaki.gifu.jp ogano.saitama.jp ogasawara.tokyo.jp ogata.akita.jp ogawa.ibaraki.jp ogawa.nagano.jp ogawa.saitama.jp ogawara.miyagi.jp ogi.saga.jp ogimi.okinawa.jp ogori.fukuoka.jp ogose.saitama.jp oguchi.aichi.jp oguni.kumamoto.jp oguni.yamagata.jp oharu.aichi.jp ohda.shimane.jp ohi.fukui.jp ohira.miyagi.jp ohira.tochigi.jp ohkura.yamagata.jp ohtawara.tochigi.jp oi.kanagawa.jp oirase.aomori.jp oishida.yamagata.jp oiso.kanagawa.jp oita.jp oita.oita.jp oizumi.gunma.jp oji.nara.jp ojiya.niigata.jp okagaki.fukuoka.jp okawa.fukuoka.jp okawa.kochi.jp okaya.nagano.jp okayama.jp okayama.okayama.jp okazaki.aichi.jp okegawa.saitama.jp oketo.hokkaido.jp oki.fukuoka.jp okinawa.jp okinawa.okinawa.jp okinoshima.shimane.jp okoppe.hokkaido.jp okuizumo.shimane.jp okuma.fukushima.jp okutama.tokyo.jp omachi.nagano.jp omachi.saga.jp omaezaki.shizuoka.jp ome.tokyo.jp omi.nagano.jp omi.niigata.jp omigawa.chiba.jp omihachiman.shiga.jp omitama.ibaraki.jp omiya.saitama.jp omotego.fukushima.jp omura.nagasaki.jp omuta.fukuoka.jp onagawa.miyagi.jp onga.fukuoka.jp onjuku.chiba.jp onna.okinawa.jp ono.fukui.jp ono.fukushima.jp ono.hyogo.jp onojo.fukuoka.jp onomichi.hiroshima.jp ookuwa.nagano.jp oops.jp ooshika.nagano.jp opal.ne.jp or.jp ora.gunma.jp osaka.jp osakasayama.osaka.jp osaki.miyagi.jp osakikamijima.hiroshima.jp oseto.nagasaki.jp oshima.tokyo.jp oshima.yamaguchi.jp oshino.yamanashi.jp oshu.iwate.jp ota.gunma.jp ota.tokyo.jp otake.hiroshima.jp otaki.chiba.jp otaki.nagano.jp otaki.saitama.jp otama.fukushima.jp otari.nagano.jp otaru.hokkaido.jp oto.fukuoka.jp otobe.hokkaido.jp otofuke.hokkaido.jp otoineppu.hokkaido.jp otoyo.kochi.jp otsu.shiga.jp otsuchi.iwate.jp otsuki.kochi.jp otsuki.yamanashi.jp ouchi.saga.jp ouda.nara.jp oumu.hokkaido.jp owani.aomori.jp owariasahi.aichi.jp oyabe.toyama.jp oyama.tochigi.jp oyamazaki.kyoto.jp oyodo.nara.jp ozora.hokkaido.jp ozu.ehime.jp ozu.kumamoto.jp parallel.jp parasite.jp pecori.jp peewee.jp penne.jp pepper.jp perma.jp pgw.jp pigboat.jp pinoko.jp pippu.hokkaido.jp punyu.jp pupu.jp pussycat.jp pya.jp raindrop.jp rankoshi.hokkaido.jp ranzan.saitama.jp rdy.jp readymade.jp rebun.hokkaido.jp rgr.jp rifu.miyagi.jp rikubetsu.hokkaido.jp rikuzentakata.iwate.jp rishiri.hokkaido.jp rishirifuji.hokkaido.jp ritto.shiga.jp rokunohe.aomori.jp rs.webaccel.jp rulez.jp ryokami.saitama.jp ryugasaki.ibaraki.jp ryuoh.shiga.jp s3.isk01.sakurastorage.jp s3.isk02.sakurastorage.jp sabae.fukui.jp sadist.jp sado.niigata.jp saga.jp saga.saga.jp sagae.yamagata.jp sagamihara.kanagawa.jp saigawa.fukuoka.jp saijo.ehime.jp saikai.nagasaki.jp saiki.oita.jp saitama.jp saitama.saitama.jp saito.miyazaki.jp saka.hiroshima.jp sakado.saitama.jp sakae.chiba.jp sakae.nagano.jp sakahogi.gifu.jp sakai.fukui.jp sakai.ibaraki.jp sakai.osaka.jp sakaiminato.tottori.jp sakaki.nagano.jp sakata.yamagata.jp sakawa.kochi.jp sakegawa.yamagata.jp saku.nagano.jp sakuho.nagano.jp sakura.chiba.jp sakura.ne.jp sakura.tochigi.jp sakuragawa.ibaraki.jp sakurai.nara.jp sakyo.kyoto.jp saloon.jp samegawa.fukushima.jp samukawa.kanagawa.jp sanagochi.tokushima.jp sanda.hyogo.jp sango.nara.jp sanjo.niigata.jp sannan.hyogo.jp sannohe.aomori.jp sano.tochigi.jp sanuki.kagawa.jp saroma.hokkaido.jp sarufutsu.hokkaido.jp sasaguri.fukuoka.jp sasayama.hyogo.jp sasebo.nagasaki.jp satosho.okayama.jp satsumasendai.kagoshima.jp satte.saitama.jp sayama.osaka.jp sayama.saitama.jp sayo.hyogo.jp sblo.jp schoolbus.jp secret.jp seihi.nagasaki.jp seika.kyoto.jp seiro.niigata.jp seirou.niigata.jp seiyo.ehime.jp seki.gifu.jp sekigahara.gifu.jp sekikawa.niigata.jp semboku.akita.jp semine.miyagi.jp sennan.osaka.jp sera.hiroshima.jp seranishi.hiroshima.jp setagaya.tokyo.jp seto.aichi.jp setouchi.okayama.jp settsu.osaka.jp shakotan.hokkaido.jp shari.hokkaido.jp shibata.miyagi.jp shibata.niigata.jp shibecha.hokkaido.jp shibetsu.hokkaido.jp shibukawa.gunma.jp shibuya.tokyo.jp shichikashuku.miyagi.jp shichinohe.aomori.jp shiga.jp shiiba.miyazaki.jp shijonawate.osaka.jp shika.ishikawa.jp shikabe.hokkaido.jp shikama.miyagi.jp shikaoi.hokkaido.jp shikatsu.aichi.jp shiki.saitama.jp shikokuchuo.ehime.jp shima.mie.jp shimabara.nagasaki.jp shimada.shizuoka.jp shimamaki.hokkaido.jp shimamoto.osaka.jp shimane.jp shimane.shimane.jp shimizu.hokkaido.jp shimizu.shizuoka.jp shimoda.shizuoka.jp shimodate.ibaraki.jp shimofusa.chiba.jp shimogo.fukushima.jp shimoichi.nara.jp shimoji.okinawa.jp shimokawa.hokkaido.jp shimokitayama.nara.jp shimonita.gunma.jp shimonoseki.yamaguchi.jp shimosuwa.nagano.jp shimotsuke.tochigi.jp shimotsuma.ibaraki.jp shinagawa.tokyo.jp shinanomachi.nagano.jp shingo.aomori.jp shingu.fukuoka.jp shingu.hyogo.jp shingu.wakayama.jp shinichi.hiroshima.jp shinjo.nara.jp shinjo.okayama.jp shinjo.yamagata.jp shinjuku.tokyo.jp shinkamigoto.nagasaki.jp shinonsen.hyogo.jp shinshinotsu.hokkaido.jp shinshiro.aichi.jp shinto.gunma.jp shintoku.hokkaido.jp shintomi.miyazaki.jp shinyoshitomi.fukuoka.jp shiogama.miyagi.jp shiojiri.nagano.jp shioya.tochigi.jp shirahama.wakayama.jp shirakawa.fukushima.jp shirakawa.gifu.jp shirako.chiba.jp shiranuka.hokkaido.jp shiraoi.hokkaido.jp shiraoka.saitama.jp shirataka.yamagata.jp shiriuchi.hokkaido.jp shiroi.chiba.jp shiroishi.miyagi.jp shiroishi.saga.jp shirosato.ibaraki.jp shishikui.tokushima.jp shiso.hyogo.jp shisui.chiba.jp shitara.aichi.jp shiwa.iwate.jp shizukuishi.iwate.jp shizuoka.jp shizuoka.shizuoka.jp shobara.hiroshima.jp shonai.fukuoka.jp shonai.yamagata.jp shoo.okayama.jp showa.fukushima.jp showa.gunma.jp showa.yamanashi.jp shunan.yamaguchi.jp skr.jp sobetsu.hokkaido.jp sodegaura.chiba.jp soeda.fukuoka.jp soja.okayama.jp soka.saitama.jp soma.fukushima.jp soni.nara.jp soo.kagoshima.jp sosa.chiba.jp sowa.ibaraki.jp staba.jp stripper.jp sub.jp sue.fukuoka.jp suginami.tokyo.jp sugito.saitama.jp suifu.ibaraki.jp suita.osaka.jp sukagawa.fukushima.jp sukumo.kochi.jp sumida.tokyo.jp sumita.iwate.jp sumomo.ne.jp sumoto.hyogo.jp sumoto.kumamoto.jp sunagawa.hokkaido.jp sunnyday.jp supersale.jp susaki.kochi.jp susono.shizuoka.jp suwa.nagano.jp suzaka.nagano.jp suzu.ishikawa.jp suzuka.mie.jp tabayama.yamanashi.jp tabuse.yamaguchi.jp tachiarai.fukuoka.jp tachikawa.tokyo.jp tadaoka.osaka.jp tado.mie.jp tadotsu.kagawa.jp tagajo.miyagi.jp tagami.niigata.jp tagawa.fukuoka.jp tahara.aichi.jp taiji.wakayama.jp taiki.hokkaido.jp taiki.mie.jp tainai.niigata.jp taira.toyama.jp taishi.hyogo.jp taishi.osaka.jp taishin.fukushima.jp taito.tokyo.jp taiwa.miyagi.jp tajimi.gifu.jp tajiri.osaka.jp taka.hyogo.jp takagi.nagano.jp takahagi.ibaraki.jp takahama.aichi.jp takahama.fukui.jp takaharu.miyazaki.jp takahashi.okayama.jp takahata.yamagata.jp takaishi.osaka.jp takamatsu.kagawa.jp takamori.kumamoto.jp takamori.nagano.jp takanabe.miyazaki.jp takanezawa.tochigi.jp takaoka.toyama.jp takarazuka.hyogo.jp takasago.hyogo.jp takasaki.gunma.jp takashima.shiga.jp takasu.hokkaido.jp takata.fukuoka.jp takatori.nara.jp takatsuki.osaka.jp takatsuki.shiga.jp takayama.gifu.jp takayama.gunma.jp takayama.nagano.jp takazaki.miyazaki.jp takehara.hiroshima.jp taketa.oita.jp taketomi.okinawa.jp taki.mie.jp takikawa.hokkaido.jp takino.hyogo.jp takinoue.hokkaido.jp takko.aomori.jp tako.chiba.jp taku.saga.jp tama.tokyo.jp tamakawa.fukushima.jp tamaki.mie.jp tamamura.gunma.jp tamano.okayama.jp tamatsukuri.ibaraki.jp tamayu.shimane.jp tamba.hyogo.jp tanabe.kyoto.jp tanabe.wakayama.jp tanagura.fukushima.jp tank.jp tanohata.iwate.jp tara.saga.jp tarama.okinawa.jp tarui.gifu.jp tarumizu.kagoshima.jp tatebayashi.gunma.jp tateshina.nagano.jp tateyama.chiba.jp tateyama.toyama.jp tatsuno.hyogo.jp tatsuno.nagano.jp tawaramoto.nara.jp tendo.yamagata.jp tenei.fukushima.jp tenkawa.nara.jp tenri.nara.jp teshikaga.hokkaido.jp theshop.jp thick.jp toba.mie.jp tobe.ehime.jp tobetsu.hokkaido.jp tobishima.aichi.jp tochigi.jp tochigi.tochigi.jp tochio.niigata.jp toda.saitama.jp toei.aichi.jp toga.toyama.jp togakushi.nagano.jp togane.chiba.jp togitsu.nagasaki.jp togo.aichi.jp togura.nagano.jp tohma.hokkaido.jp tohnosho.chiba.jp toho.fukuoka.jp tokai.aichi.jp tokai.ibaraki.jp tokamachi.niigata.jp tokashiki.okinawa.jp toki.gifu.jp tokigawa.saitama.jp tokoname.aichi.jp tokorozawa.saitama.jp tokushima.jp tokushima.tokushima.jp tokuyama.yamaguchi.jp tokyo.jp tomakomai.hokkaido.jp tomari.hokkaido.jp tome.miyagi.jp tomi.nagano.jp tomigusuku.okinawa.jp tomika.gifu.jp tomioka.gunma.jp tomisato.chiba.jp tomiya.miyagi.jp tomobe.ibaraki.jp tonaki.okinawa.jp tonami.toyama.jp tondabayashi.osaka.jp tone.ibaraki.jp tonkotsu.jp tono.iwate.jp tonosho.kagawa.jp toon.ehime.jp topaz.ne.jp torahime.shiga.jp toride.ibaraki.jp tosa.kochi.jp tosashimizu.kochi.jp toshima.tokyo.jp tosu.saga.jp tottori.jp tottori.tottori.jp towada.aomori.jp toya.hokkaido.jp toyako.hokkaido.jp toyama.jp toyama.toyama.jp toyo.kochi.jp toyoake.aichi.jp toyohashi.aichi.jp toyokawa.aichi.jp toyonaka.osaka.jp toyone.aichi.jp toyono.osaka.jp toyooka.hyogo.jp toyosato.shiga.jp toyota.aichi.jp toyota.yamaguchi.jp toyotomi.hokkaido.jp toyotsu.fukuoka.jp toyoura.hokkaido.jp tozawa.yamagata.jp tsu.mie.jp tsubame.niigata.jp tsubata.ishikawa.jp tsubetsu.hokkaido.jp tsuchiura.ibaraki.jp tsuga.tochigi.jp tsugaru.aomori.jp tsuiki.fukuoka.jp tsukigata.hokkaido.jp tsukiyono.gunma.jp tsukuba.ibaraki.jp tsukui.kanagawa.jp tsukumi.oita.jp tsumagoi.gunma.jp tsunan.niigata.jp tsuno.kochi.jp tsuno.miyazaki.jp tsuru.yamanashi.jp tsuruga.fukui.jp tsurugashima.saitama.jp tsurugi.ishikawa.jp tsuruoka.yamagata.jp tsuruta.aomori.jp tsushima.aichi.jp tsushima.nagasaki.jp tsuwano.shimane.jp tsuyama.okayama.jp ube.yamaguchi.jp uchihara.ibaraki.jp uchiko.ehime.jp uchinada.ishikawa.jp uchinomi.kagawa.jp uda.nara.jp udono.mie.jp ueda.nagano.jp ueno.gunma.jp uenohara.yamanashi.jp uh-oh.jp uji.kyoto.jp ujiie.tochigi.jp ujitawara.kyoto.jp uki.kumamoto.jp ukiha.fukuoka.jp umaji.kochi.jp umi.fukuoka.jp unazuki.toyama.jp under.jp undo.jp unnan.shimane.jp unzen.nagasaki.jp uonuma.niigata.jp uozu.toyama.jp upper.jp urakawa.hokkaido.jp urasoe.okinawa.jp urausu.hokkaido.jp urawa.saitama.jp urayasu.chiba.jp ureshino.mie.jp uruma.okinawa.jp uryu.hokkaido.jp usa.oita.jp user.aseinet.ne.jp user.webaccel.jp usercontent.jp ushiku.ibaraki.jp usui.fukuoka.jp usuki.oita.jp utashinai.hokkaido.jp utazu.kagawa.jp uto.kumamoto.jp utsunomiya.tochigi.jp uwajima.ehime.jp velvet.jp verse.jp versus.jp vivian.jp wada.nagano.jp wajiki.tokushima.jp wajima.ishikawa.jp wakasa.fukui.jp wakasa.tottori.jp wakayama.jp wakayama.wakayama.jp wake.okayama.jp wakkanai.hokkaido.jp wakuya.miyagi.jp wanouchi.gifu.jp warabi.saitama.jp wassamu.hokkaido.jp watarai.mie.jp watari.miyagi.jp watson.jp wazuka.kyoto.jp weblike.jp websozai.jp whitesnow.jp wjg.jp xii.jp xn--0trq7p7nn.jp xn--1ctwo.jp xn--1lqs03n.jp xn--1lqs71d.jp xn--2m4a15e.jp xn--32vp30h.jp xn--4it168d.jp xn--4it797k.jp xn--4pvxs.jp xn--5js045d.jp xn--5rtp49c.jp xn--5rtq34k.jp xn--6btw5a.jp xn--6orx2r.jp xn--7t0a264c.jp xn--8ltr62k.jp xn--8pvr4u.jp xn--c3s14m.jp xn--d5qv7z876c.jp xn--djrs72d6uy.jp xn--djty4k.jp xn--efvn9s.jp xn--ehqz56n.jp xn--elqq16h.jp xn--f6qx53a.jp xn--k7yn95e.jp xn--kbrq7o.jp xn--klt787d.jp xn--kltp7d.jp xn--kltx9a.jp xn--klty5x.jp xn--mkru45i.jp xn--nit225k.jp xn--ntso0iqx3a.jp xn--ntsq17g.jp xn--pssu33l.jp xn--qqqt11m.jp xn--rht27z.jp xn--rht3d.jp xn--rht61e.jp xn--rny31h.jp xn--tor131o.jp xn--uist22h.jp xn--uisz3g.jp xn--uuwu58a.jp xn--vgu402c.jp xn--zbx025d.jp yabu.hyogo.jp yabuki.fukushima.jp yachimata.chiba.jp yachiyo.chiba.jp yachiyo.ibaraki.jp yaese.okinawa.jp yahaba.iwate.jp yahiko.niigata.jp yaita.tochigi.jp yaizu.shizuoka.jp yakage.okayama.jp yakumo.hokkaido.jp yakumo.shimane.jp yamada.fukuoka.jp yamada.iwate.jp yamada.toyama.jp yamaga.kumamoto.jp yamagata.gifu.jp yamagata.ibaraki.jp yamagata.jp yamagata.nagano.jp yamagata.yamagata.jp yamaguchi.jp yamakita.kanagawa.jp yamamoto.miyagi.jp yamanakako.yamanashi.jp yamanashi.jp yamanashi.yamanashi.jp yamanobe.yamagata.jp yamanouchi.nagano.jp yamashina.kyoto.jp yamato.fukushima.jp yamato.kanagawa.jp yamato.kumamoto.jp yamatokoriyama.nara.jp yamatotakada.nara.jp yamatsuri.fukushima.jp yamazoe.nara.jp yame.fukuoka.jp yanagawa.fukuoka.jp yanaizu.fukushima.jp yao.osaka.jp yaotsu.gifu.jp yasaka.nagano.jp yashio.saitama.jp yashiro.hyogo.jp yasu.shiga.jp yasuda.kochi.jp yasugi.shimane.jp yasuoka.nagano.jp yatomi.aichi.jp yatsuka.shimane.jp yatsushiro.kumamoto.jp yawara.ibaraki.jp yawata.kyoto.jp yawatahama.ehime.jp yazu.tottori.jp yoichi.hokkaido.jp yoita.niigata.jp yoka.hyogo.jp yokaichiba.chiba.jp yokawa.hyogo.jp yokkaichi.mie.jp yokoshibahikari.chiba.jp yokosuka.kanagawa.jp yokote.akita.jp yokoze.saitama.jp yomitan.okinawa.jp yonabaru.okinawa.jp yonago.tottori.jp yonaguni.okinawa.jp yonezawa.yamagata.jp yono.saitama.jp yorii.saitama.jp yoro.gifu.jp yoshida.saitama.jp yoshida.shizuoka.jp yoshikawa.saitama.jp yoshimi.saitama.jp yoshino.nara.jp yoshinogari.saga.jp yoshioka.gunma.jp yotsukaido.chiba.jp yuasa.wakayama.jp yufu.oita.jp yugawa.fukushima.jp yugawara.kanagawa.jp yuki.ibaraki.jp yukuhashi.fukuoka.jp yura.wakayama.jp yurihonjo.akita.jp yusuhara.kochi.jp yusui.kagoshima.jp yuu.yamaguchi.jp yuza.yamagata.jp yuzawa.niigata.jp zama.kanagawa.jp zamami.okinawa.jp zao.miyagi.jp zentsuji.kagawa.jp zombie.jp zushi.kanagawa.jp
jpmorgan
jprs
juegos
kaufen
kddi
ac.ke co.ke go.ke info.ke ke me.ke mobi.ke ne.ke or.ke sc.ke
kerryhotels
kerryproperties
kfh
ae.kg com.kg edu.kg gov.kg kg mil.kg net.kg org.kg us.kg xx.kg
com.kh edu.kh gov.kh kh net.kh org.kh
biz.ki com.ki edu.ki gov.ki info.ki ki net.ki org.ki
kia
kids
kim
kindle
kitchen
kiwi
ass.km asso.km com.km coop.km edu.km gouv.km gov.km km medecin.km mil.km nom.km notaires.km org.km pharmaciens.km prd.km presse.km tm.km veterinaire.km
edu.kn gov.kn kn net.kn org.kn
koeln
komatsu
kosher
com.kp edu.kp gov.kp kp org.kp rep.kp tra.kp
kpmg
kpn
ac.kr ai.kr busan.kr c01.kr chungbuk.kr chungnam.kr co.kr daegu.kr daejeon.kr eliv-api.kr eliv-cdn.kr eliv-dns.kr es.kr gangwon.kr go.kr gwangju.kr gyeongbuk.kr gyeonggi.kr gyeongnam.kr hs.kr incheon.kr io.kr it.kr jeju.kr jeonbuk.kr jeonnam.kr kg.kr kr me.kr mil.kr mmv.kr ms.kr ne.kr or.kr pe.kr re.kr sc.kr seoul.kr ulsan.kr vki.kr
co.krd edu.krd krd
kred
kuokgroup
com.kw edu.kw emb.kw gov.kw ind.kw kw net.kw org.kw
com.ky edu.ky ky net.ky org.ky
kyoto
com.kz edu.kz gov.kz jcloud.kz kz mil.kz net.kz org.kz
bnr.la com.la edu.la gov.la info.la int.la la net.la org.la per.la
lacaixa
lamborghini
lamer
land
landrover
lanxess
lasalle
lat
latino
latrobe
law
lawyer
com.lb edu.lb gov.lb lb net.lb org.lb
co.lc com.lc edu.lc gov.lc lc net.lc org.lc oy.lc
lds
lease
leclerc
lefrak
legal
lego
lexus
lgbt
li
lidl
life
lifeinsurance
lifestyle
lighting
like
lilly
limited
*.eth.limo limo
lincoln
*.dweb.link *.eth.link *.inbrowser.link canva.link cyon.link ipfs.nftstorage.link ipfs.storacha.link ipfs.w3s.link joinmc.link keenetic.link link myfritz.link mypep.link
*.ewp.live aem.live hlx.live live
living
ac.lk assn.lk com.lk edu.lk gov.lk grp.lk hotel.lk int.lk lk ltd.lk net.lk ngo.lk org.lk sch.lk soc.lk web.lk
llc
llp
loan
loans
locker
locus
lol omg.lol
london
lotte
lotto
love
lpl
lplfinancial
com.lr edu.lr gov.lr lr net.lr org.lr
ac.ls biz.ls co.ls edu.ls gov.ls info.ls ls net.ls org.ls sc.ls
gov.lt lt
ltd
ltda
123website.lu lu
lundbeck
luxe
luxury
asn.lv com.lv conf.lv edu.lv gov.lv id.lv lv mil.lv net.lv org.lv
com.ly edu.ly gov.ly id.ly ly med.ly net.ly org.ly plc.ly sch.ly
ac.ma co.ma gov.ma ma net.ma org.ma press.ma
madrid
maif
maison
makeup
man
management
mango
map
market
marketing
markets
marriott
marshalls
mattel
mba
asso.mc mc tm.mc
mckinsey
ir.md md
ac.me barsy.me brasilia.me c66.me co.me craft.me ddns.me diskstation.me dnsfor.me dscloud.me edgestack.me edu.me filegear-sg.me filegear.me gov.me grok.me hopto.me i234.me its.me loginto.me lohmus.me mcdir.me me mybox.me myds.me net.me nohost.me noip.me opencloud.me org.me priv.me seprox.hooc.me site.transip.me soundcast.me synology.me tcp4.me vp4.me webhop.me
med
framer.media media
meet
melbourne
meme
memorial
men
barsy.menu barsyonline.menu menu
merck
merckmsd
co.mg com.mg edu.mg gov.mg mg mil.mg nom.mg org.mg prd.mg
mh
miami
microsoft
mil
mini
mint
mit
mitsubishi
com.mk edu.mk gov.mk inf.mk mk name.mk net.mk org.mk
ac.ml art.ml asso.ml com.ml edu.ml gouv.ml gov.ml info.ml inst.ml ml net.ml org.ml pr.ml presse.ml
mlb
mls
*.mm
mma
edu.mn gov.mn mn nyc.mn org.mn
com.mo edu.mo gov.mo mo net.mo org.mo
barsy.mobi dscloud.mobi mobi
mobile
moda
moe
moi
mom
monash
money
monster
mormon
mortgage
moscow
moto
motorcycles
mov
movie
ju.mp mp
mq
gov.mr mr
com.ms edu.ms gov.ms minisite.ms ms net.ms org.ms
msd
com.mt edu.mt mt net.mt org.mt
mtn
mtr
ac.mu co.mu com.mu gov.mu mu net.mu or.mu org.mu
museum
music
aero.mv biz.mv com.mv coop.mv edu.mv gov.mv info.mv int.mv mil.mv museum.mv mv name.mv net.mv org.mv pro.mv
ac.mw biz.mw co.mw com.mw coop.mw edu.mw gov.mw int.mw mw net.mw org.mw
com.mx edu.mx gob.mx mx net.mx org.mx
biz.my com.my edu.my gov.my mil.my my name.my net.my org.my
ac.mz adv.mz co.mz edu.mz gov.mz mil.mz mz net.mz org.mz
alt.na co.na com.na gov.na na net.na org.na
nab
nagoya
forgot.her.name forgot.his.name ispmanager.name keenetic.name name
navy
nba
asso.nc nc nom.nc
ne
nec
*.c.ts.net *.hosting.ovh.net *.icp.net *.localto.net *.p.azurewebsites.net *.webpaas.ovh.net 1.azurestaticapps.net 2.azurestaticapps.net 3.azurestaticapps.net 4.azurestaticapps.net 5.azurestaticapps.net 6.azurestaticapps.net 7.azurestaticapps.net a.prod.fastly.net a.ssl.fastly.net adobeaemcloud.net adobeio-static.net adobeioruntime.net akadns.net akamai-staging.net akamai.net akamaiedge-staging.net akamaiedge.net akamaihd-staging.net akamaihd.net akamaiorigin-staging.net akamaiorigin.net akamaized-staging.net akamaized.net alwaysdata.net apps-1and1.net appudo.net at-band-camp.net atl.jelastic.vps-host.net australiacentral-01.azurewebsites.net australiacentral2-01.azurewebsites.net australiaeast-01.azurewebsites.net australiasoutheast-01.azurewebsites.net austriaeast-01.azurewebsites.net azure-api.net azure-mobile.net azureedge.net azurefd.net azurestaticapps.net azurewebsites.net b.ssl.fastly.net barsy.net belgiumcentral-01.azurewebsites.net blackbaudcdn.net blob.core.usgovcloudapi.net blob.core.windows.net blogdns.net boomla.net botdash.net bounceme.net bplaced.net brazilsouth-01.azurewebsites.net brazilsoutheast-01.azurewebsites.net broke-it.net buyshouses.net canadacentral-01.azurewebsites.net canadaeast-01.azurewebsites.net casacam.net cdn-edges.net cdn.cloudflare.net cdn.cloudflareanycast.net cdn.cloudflarecn.net cdn.cloudflareglobal.net cdn.prod.atlassian-dev.net cdn77-ssl.net centralindia-01.azurewebsites.net centralus-01.azurewebsites.net centralus.azurestaticapps.net centraluseuap-01.azurewebsites.net channelsdvr.net chilecentral-01.azurewebsites.net clickrising.net cloudaccess.net cloudapp.net cloudflare.net cloudfront.net cloudfunctions.net cloudjiffy.net cloudycluster.net community-pro.net ctfcloud.net dattolocal.net ddns-ip.net ddns.net de5.net debian.net definima.net denmarkeast-01.azurewebsites.net deno.net dns-cloud.net dns-dynamic.net dnsalias.net dnsdojo.net dnsup.net does-it.net dontexist.net dsmynas.net dynalias.net dynathome.net dynu.net dynuddns.net dynv6.net eastasia-01.azurewebsites.net eastasia.azurestaticapps.net eastasiastage-01.azurewebsites.net eastus-01.azurewebsites.net eastus2-01.azurewebsites.net eastus2.azurestaticapps.net eastus2euap-01.azurewebsites.net eastus3-01.azurewebsites.net eating-organic.net edgekey-staging.net edgekey.net edgesuite-staging.net edgesuite.net endofinternet.net familyds.net fastlylb.net feste-ip.net file.core.usgovcloudapi.net file.core.windows.net firewall-gateway.net fr-1.paas.massivegrid.net fra1-de.cloudjiffy.net francecentral-01.azurewebsites.net francesouth-01.azurewebsites.net freetls.fastly.net from-az.net from-co.net from-la.net from-ny.net gb.net germanynorth-01.azurewebsites.net germanywestcentral-01.azurewebsites.net gets-it.net ggff.net global.prod.fastly.net global.ssl.fastly.net grafana-dev.net ham-radio-op.net heteml.net hicam.net homeftp.net homeip.net homelinux.net homeunix.net hu.net in-dsl.net in-the-band.net in-vpn.net in.net indiasouthcentral-01.azurewebsites.net indonesiacentral-01.azurewebsites.net iobb.net ipifony.net ipv64.net is-a-chef.net is-a-geek.net isa-geek.net israelcentral-01.azurewebsites.net israelnorthwest-01.azurewebsites.net italynorth-01.azurewebsites.net j.scaleforce.net japaneast-01.azurewebsites.net japanwest-01.azurewebsites.net jelastic.saveincloud.net jioindiacentral-01.azurewebsites.net jioindiawest-01.azurewebsites.net jls-sto1.elastx.net jls-sto2.elastx.net jls-sto3.elastx.net jp.net keyword-on.net kicks-ass.net kinghost.net knx-server.net koreacentral-01.azurewebsites.net koreasouth-01.azurewebsites.net krellian.net live-on.net localcert.net lon-1.paas.massivegrid.net lon-2.paas.massivegrid.net luyani.net mafelo.net malaysiawest-01.azurewebsites.net map.fastly.net map.fastlylb.net meinforum.net memset.net mexicocentral-01.azurewebsites.net moonscale.net myamaze.net mydatto.net mydissent.net myeffect.net myfritz.net mymediapc.net mypsx.net myradweb.net mysecuritycamera.net myspreadshop.net mysynology.net net newzealandnorth-01.azurewebsites.net nhlfan.net njs.jelastic.vps-host.net no-ip.net nordeste-idc.saveincloud.net northcentralus-01.azurewebsites.net northcentralusstage-01.azurewebsites.net northeastus5-01.azurewebsites.net northeurope-01.azurewebsites.net norwayeast-01.azurewebsites.net norwaywest-01.azurewebsites.net now-dns.net ny-1.paas.massivegrid.net ny-2.paas.massivegrid.net office-on-the.net oninferno.net opik.net ownip.net pages.torproject.net pgafan.net podzone.net polandcentral-01.azurewebsites.net privatizehealthinsurance.net qatarcentral-01.azurewebsites.net r.cdn77.net rackmaze.net redirectme.net reserve-online.net ric.jelastic.vps-host.net routingthecloud.net ru.net sandbox.deno.net schokokeks.net scrapper-site.net se.net seidat.net selfip.net sells-it.net senseering.net servebbs.net serveblog.net serveftp.net serveminecraft.net server-on.net servicebus.usgovcloudapi.net servicebus.windows.net sg-1.paas.massivegrid.net shopselect.net siteleaf.net sn.mynetname.net soc.srcf.net southafricanorth-01.azurewebsites.net southafricawest-01.azurewebsites.net southcentralus-01.azurewebsites.net southcentralus2-01.azurewebsites.net southeastasia-01.azurewebsites.net southeastus5-01.azurewebsites.net southindia-01.azurewebsites.net spaincentral-01.azurewebsites.net spryt.net square7.net squares.net static-access.net storage.yandexcloud.net subsc-pay.net supabase.net swedencentral-01.azurewebsites.net swedensouth-01.azurewebsites.net switzerlandnorth-01.azurewebsites.net switzerlandwest-01.azurewebsites.net sytes.net taiwannorth-01.azurewebsites.net taiwannorthwest-01.azurewebsites.net thruhere.net torproject.net trafficmanager.net ts.net tunnelmole.net twmail.net u.channelsdvr.net uaecentral-01.azurewebsites.net uaenorth-01.azurewebsites.net uk.net uksouth-01.azurewebsites.net ukwest-01.azurewebsites.net uni5.net user.srcf.net usgovcloudapp.net usgovtrafficmanager.net vpndns.net vps-host.net vps.hrsn.net vusercontent.net web.core.usgovcloudapi.net web.core.windows.net webhop.net website.yandexcloud.net west1-us.cloudjiffy.net westcentralus-01.azurewebsites.net westeurope-01.azurewebsites.net westeurope.azurestaticapps.net westindia-01.azurewebsites.net westus-01.azurewebsites.net westus2-01.azurewebsites.net westus2.azurestaticapps.net westus3-01.azurewebsites.net yandexcloud.net za.net zabc.net
netbank
netflix
*.alces.network aem.network appwrite.network arvo.network azimuth.network co.network network tlon.network
neustar
*.builtwithrocket.new new
news noticeable.news
next
nextdirect
nexus
arts.nf com.nf firm.nf info.nf net.nf nf other.nf per.nf rec.nf store.nf web.nf
nfl
biz.ng co.biz.ng col.ng com.ng dl.biz.ng edu.ng firm.ng gen.ng go.biz.ng gov.ng i.ng lg.biz.ng ltd.ng mil.ng mobi.ng name.ng net.ng ng ngo.ng on.biz.ng org.ng plc.ng sch.ng
ngo
nhk
ac.ni biz.ni co.ni com.ni edu.ni gob.ni in.ni info.ni int.ni mil.ni net.ni ni nom.ni org.ni web.ni
nico
nike
nikon
ninja
nissan
nissay
*.transurl.nl 123website.nl cistron.nl co.nl demon.nl gov.nl hosting-cluster.nl khplay.nl myspreadshop.nl nl site.hosting-cluster.nl
123hjemmeside.no aa.no aarborte.no aejrie.no afjord.no agdenes.no ah.no aknoluokta.no akrehamn.no al.no alaheadju.no alesund.no algard.no alstahaug.no alta.no alvdal.no amli.no amot.no andasuolo.no andebu.no andoy.no ardal.no aremark.no arendal.no arna.no aseral.no asker.no askim.no askoy.no askvoll.no asnes.no audnedal.no aukra.no aure.no aurland.no aurskog-holand.no austevoll.no austrheim.no averoy.no badaddja.no bahcavuotna.no bahccavuotna.no baidar.no bajddar.no balat.no balestrand.no ballangen.no balsfjord.no bamble.no bardu.no barum.no batsfjord.no bearalvahki.no beardu.no beiarn.no berg.no bergen.no berlevag.no bievat.no bindal.no birkenes.no bjerkreim.no bjugn.no bo.nordland.no bo.telemark.no bodo.no bokn.no bomlo.no bremanger.no bronnoy.no bronnoysund.no brumunddal.no bryne.no bu.no budejju.no bygland.no bykle.no cahcesuolo.no co.no davvenjarga.no davvesiida.no deatnu.no dep.no dielddanuorri.no divtasvuodna.no divttasvuotna.no donna.no dovre.no drammen.no drangedal.no drobak.no dyroy.no egersund.no eid.no eidfjord.no eidsberg.no eidskog.no eidsvoll.no eigersund.no elverum.no enebakk.no engerdal.no etne.no etnedal.no evenassi.no evenes.no evje-og-hornnes.no farsund.no fauske.no fedje.no fet.no fetsund.no fhs.no finnoy.no fitjar.no fjaler.no fjell.no fla.no flakstad.no flatanger.no flekkefjord.no flesberg.no flora.no floro.no fm.no folkebibl.no folldal.no forde.no forsand.no fosnes.no frana.no fredrikstad.no frogn.no froland.no frosta.no froya.no fuoisku.no fuossko.no fusa.no fylkesbibl.no fyresdal.no gaivuotna.no galsa.no gamvik.no gangaviika.no gaular.no gausdal.no giehtavuoatna.no gielda.no gildeskal.no giske.no gjemnes.no gjerdrum.no gjerstad.no gjesdal.no gjovik.no gloppen.no gol.no gran.no grane.no granvin.no gratangen.no grimstad.no grong.no grue.no gs.aa.no gs.ah.no gs.bu.no gs.fm.no gs.hl.no gs.hm.no gs.jan-mayen.no gs.mr.no gs.nl.no gs.nt.no gs.of.no gs.ol.no gs.oslo.no gs.rl.no gs.sf.no gs.st.no gs.svalbard.no gs.tm.no gs.tr.no gs.va.no gs.vf.no gulen.no guovdageaidnu.no ha.no habmer.no hadsel.no hagebostad.no halden.no halsa.no hamar.no hamaroy.no hammarfeasta.no hammerfest.no hapmir.no haram.no hareid.no harstad.no hasvik.no hattfjelldal.no haugesund.no hemne.no hemnes.no hemsedal.no herad.no heroy.more-og-romsdal.no heroy.nordland.no hitra.no hjartdal.no hjelmeland.no hl.no hm.no hobol.no hof.no hokksund.no hol.no hole.no holmestrand.no holtalen.no honefoss.no hornindal.no horten.no hoyanger.no hoylandet.no hurdal.no hurum.no hvaler.no hyllestad.no ibestad.no idrett.no inderoy.no iveland.no ivgu.no jan-mayen.no jessheim.no jevnaker.no jolster.no jondal.no jorpeland.no kafjord.no karasjohka.no karasjok.no karlsoy.no karmoy.no kautokeino.no kirkenes.no klabu.no klepp.no kommune.no kongsberg.no kongsvinger.no kopervik.no kraanghke.no kragero.no kristiansand.no kristiansund.no krodsherad.no krokstadelva.no kvafjord.no kvalsund.no kvam.no kvanangen.no kvinesdal.no kvinnherad.no kviteseid.no kvitsoy.no laakesvuemie.no lahppi.no langevag.no lardal.no larvik.no lavagis.no lavangen.no leangaviika.no lebesby.no leikanger.no leirfjord.no leirvik.no leka.no leksvik.no lenvik.no lerdal.no lesja.no levanger.no lier.no lierne.no lillehammer.no lillesand.no lindas.no lindesnes.no loabat.no lodingen.no lom.no loppa.no lorenskog.no loten.no lund.no lunner.no luroy.no luster.no lyngdal.no lyngen.no malatvuopmi.no malselv.no malvik.no mandal.no marker.no marnardal.no masfjorden.no masoy.no matta-varjjat.no meland.no meldal.no melhus.no meloy.no meraker.no midsund.no midtre-gauldal.no mil.no mjondalen.no mo-i-rana.no moareke.no modalen.no modum.no molde.no mosjoen.no moskenes.no moss.no mr.no muosat.no museum.no myspreadshop.no naamesjevuemie.no namdalseid.no namsos.no namsskogan.no nannestad.no naroy.no narviika.no narvik.no naustdal.no navuotna.no nedre-eiker.no nes.akershus.no nes.buskerud.no nesna.no nesodden.no nesoddtangen.no nesseby.no nesset.no nissedal.no nittedal.no nl.no no nord-aurdal.no nord-fron.no nord-odal.no norddal.no nordkapp.no nordre-land.no nordreisa.no nore-og-uvdal.no notodden.no notteroy.no nt.no odda.no of.no oksnes.no ol.no omasvuotna.no oppdal.no oppegard.no orkanger.no orkdal.no orland.no orskog.no orsta.no os.hedmark.no os.hordaland.no osen.no oslo.no osoyro.no osteroy.no ostre-toten.no overhalla.no ovre-eiker.no oyer.no oygarden.no oystre-slidre.no porsanger.no porsangu.no porsgrunn.no priv.no rade.no radoy.no rahkkeravju.no raholt.no raisa.no rakkestad.no ralingen.no rana.no randaberg.no rauma.no re.no rendalen.no rennebu.no rennesoy.no rindal.no ringebu.no ringerike.no ringsaker.no risor.no rissa.no rl.no roan.no rodoy.no rollag.no romsa.no romskog.no roros.no rost.no royken.no royrvik.no ruovat.no rygge.no salangen.no salat.no saltdal.no samnanger.no sande.more-og-romsdal.no sande.vestfold.no sande.xn--mre-og-romsdal-qqb.no sandefjord.no sandnes.no sandnessjoen.no sandoy.no sarpsborg.no sauda.no sauherad.no sel.no selbu.no selje.no seljord.no sf.no siellak.no sigdal.no siljan.no sirdal.no skanit.no skanland.no skaun.no skedsmo.no skedsmokorset.no ski.no skien.no skierva.no skiptvet.no skjak.no skjervoy.no skodje.no slattum.no smola.no snaase.no snasa.no snillfjord.no snoasa.no sogndal.no sogne.no sokndal.no sola.no solund.no somna.no sondre-land.no songdalen.no sor-aurdal.no sor-fron.no sor-odal.no sor-varanger.no sorfold.no sorreisa.no sortland.no sorum.no spjelkavik.no spydeberg.no st.no stange.no stat.no stathelle.no stavanger.no stavern.no steigen.no steinkjer.no stjordal.no stjordalshalsen.no stokke.no stor-elvdal.no stord.no stordal.no storfjord.no strand.no stranda.no stryn.no sula.no suldal.no sund.no sunndal.no suohkan.no surnadal.no svalbard.no sveio.no svelvik.no sykkylven.no tana.no tananger.no time.no tingvoll.no tinn.no tjeldsund.no tjielte.no tjome.no tm.no tokke.no tolga.no tonsberg.no torsken.no tr.no trana.no tranby.no tranoy.no troandin.no trogstad.no tromsa.no tromso.no trondheim.no trysil.no tvedestrand.no tydal.no tynset.no tysfjord.no tysnes.no tysvar.no uenorge.no ullensaker.no ullensvang.no ulstein.no ulvik.no unjarga.no utsira.no va.no vaapste.no vadso.no vaga.no vagan.no vagsoy.no vaksdal.no valer.hedmark.no valer.ostfold.no valle.no vang.no vanylven.no vardo.no varggat.no varoy.no vefsn.no vega.no vegarshei.no vennesla.no verdal.no verran.no vestby.no vestnes.no vestre-slidre.no vestre-toten.no vestvagoy.no vevelstad.no vf.no vgs.no vik.no vikna.no vindafjord.no voagat.no volda.no voss.no vossevangen.no xn--andy-ira.no xn--asky-ira.no xn--aurskog-hland-jnb.no xn--avery-yua.no xn--b-5ga.nordland.no xn--b-5ga.telemark.no xn--bdddj-mrabd.no xn--bearalvhki-y4a.no xn--berlevg-jxa.no xn--bhcavuotna-s4a.no xn--bhccavuotna-k7a.no xn--bidr-5nac.no xn--bievt-0qa.no xn--bjddar-pta.no xn--blt-elab.no xn--bmlo-gra.no xn--bod-2na.no xn--brnny-wuac.no xn--brnnysund-m8ac.no xn--brum-voa.no xn--btsfjord-9za.no xn--davvenjrga-y4a.no xn--dnna-gra.no xn--drbak-wua.no xn--dyry-ira.no xn--eveni-0qa01ga.no xn--finny-yua.no xn--fjord-lra.no xn--fl-zia.no xn--flor-jra.no xn--frde-gra.no xn--frna-woa.no xn--frya-hra.no xn--ggaviika-8ya47h.no xn--gildeskl-g0a.no xn--givuotna-8ya.no xn--gjvik-wua.no xn--gls-elac.no xn--h-2fa.no xn--hamary-fya.no xn--hbmer-xqa.no xn--hcesuolo-7ya35b.no xn--hery-ira.nordland.no xn--hery-ira.xn--mre-og-romsdal-qqb.no xn--hgebostad-g3a.no xn--hmmrfeasta-s4ac.no xn--hnefoss-q1a.no xn--hobl-ira.no xn--holtlen-hxa.no xn--hpmir-xqa.no xn--hyanger-q1a.no xn--hylandet-54a.no xn--indery-fya.no xn--jlster-bya.no xn--jrpeland-54a.no xn--karlsy-fya.no xn--karmy-yua.no xn--kfjord-iua.no xn--klbu-woa.no xn--koluokta-7ya57h.no xn--krager-gya.no xn--kranghke-b0a.no xn--krdsherad-m8a.no xn--krehamn-dxa.no xn--krjohka-hwab49j.no xn--ksnes-uua.no xn--kvfjord-nxa.no xn--kvitsy-fya.no xn--kvnangen-k0a.no xn--l-1fa.no xn--laheadju-7ya.no xn--langevg-jxa.no xn--ldingen-q1a.no xn--leagaviika-52b.no xn--lesund-hua.no xn--lgrd-poac.no xn--lhppi-xqa.no xn--linds-pra.no xn--loabt-0qa.no xn--lrdal-sra.no xn--lrenskog-54a.no xn--lt-liac.no xn--lten-gra.no xn--lury-ira.no xn--mely-ira.no xn--merker-kua.no xn--mjndalen-64a.no xn--mlatvuopmi-s4a.no xn--mli-tla.no xn--mlselv-iua.no xn--moreke-jua.no xn--mosjen-eya.no xn--mot-tla.no xn--msy-ula0h.no xn--mtta-vrjjat-k7af.no xn--muost-0qa.no xn--nmesjevuemie-tcba.no xn--nry-yla5g.no xn--nttery-byae.no xn--nvuotna-hwa.no xn--oppegrd-ixa.no xn--ostery-fya.no xn--osyro-wua.no xn--porsgu-sta26f.no xn--rady-ira.no xn--rdal-poa.no xn--rde-ula.no xn--rdy-0nab.no xn--rennesy-v1a.no xn--rhkkervju-01af.no xn--rholt-mra.no xn--risa-5na.no xn--risr-ira.no xn--rland-uua.no xn--rlingen-mxa.no xn--rmskog-bya.no xn--rros-gra.no xn--rskog-uua.no xn--rst-0na.no xn--rsta-fra.no xn--ryken-vua.no xn--ryrvik-bya.no xn--s-1fa.no xn--sandnessjen-ogb.no xn--sandy-yua.no xn--seral-lra.no xn--sgne-gra.no xn--skierv-uta.no xn--skjervy-v1a.no xn--skjk-soa.no xn--sknit-yqa.no xn--sknland-fxa.no xn--slat-5na.no xn--slt-elab.no xn--smla-hra.no xn--smna-gra.no xn--snase-nra.no xn--sndre-land-0cb.no xn--snes-poa.no xn--snsa-roa.no xn--sr-aurdal-l8a.no xn--sr-fron-q1a.no xn--sr-odal-q1a.no xn--sr-varanger-ggb.no xn--srfold-bya.no xn--srreisa-q1a.no xn--srum-gra.no xn--stjrdal-s1a.no xn--stjrdalshalsen-sqb.no xn--stre-toten-zcb.no xn--tjme-hra.no xn--tnsberg-q1a.no xn--trany-yua.no xn--trgstad-r1a.no xn--trna-woa.no xn--troms-zua.no xn--tysvr-vra.no xn--unjrga-rta.no xn--vads-jra.no xn--vard-jra.no xn--vegrshei-c0a.no xn--vestvgy-ixa6o.no xn--vg-yiab.no xn--vgan-qoa.no xn--vgsy-qoa0j.no xn--vler-qoa.hedmark.no xn--vler-qoa.xn--stfold-9xa.no xn--vre-eiker-k8a.no xn--vrggt-xqad.no xn--vry-yla5g.no xn--yer-zna.no xn--ygarden-p1a.no xn--ystre-slidre-ujb.no
nokia
norton
dyn.now here.now now tmp.now
nowruz
nowtv
*.np
biz.nr com.nr edu.nr gov.nr info.nr net.nr nr org.nr
nra
nrw
ntt
enterprisecloud.nu merseine.nu mine.nu nu shacknet.nu
nyc
ac.nz cloudns.nz co.nz cri.nz geek.nz gen.nz govt.nz health.nz iwi.nz kiwi.nz maori.nz mil.nz net.nz nz org.nz parliament.nz school.nz xn--mori-qsa.nz
obi
observer
office
okinawa
olayan
olayangroup
ollo
co.om com.om edu.om gov.om med.om museum.om net.om om org.om pro.om
omega
*.kin.one one service.one website.one
ong
onion
onl
barsy.online book.online eero-stage.online eero.online heimdns.online leapcell.online online websitebuilder.online
ooo
open
oracle
orange tech.orange
accesscam.org ae.org al.eu.org altervista.org app.os.fedoraproject.org app.os.stg.fedoraproject.org asso.eu.org at.eu.org au.eu.org barsy.org be.eu.org beta.wmcloud.org bg.eu.org blogdns.org blogsite.org bmoattachments.org boldlygoingnowhere.org c.cdn77.org ca.eu.org cable-modem.org camdvr.org cd.eu.org ch.eu.org cloud.fedoraproject.org cloudns.org cn.eu.org collegefan.org couchpotatofries.org cy.eu.org cz.eu.org ddnss.org de.eu.org dk.eu.org dnsalias.org dnsdojo.org doesntexist.org dontexist.org doomdns.org dpdns.org dsmynas.org duckdns.org dvrdns.org dynalias.org dyndns.org dynserv.org edu.eu.org ee.eu.org endofinternet.org endoftheinternet.org es.eu.org eu.org familyds.org fedorainfracloud.org fedorapeople.org fi.eu.org fr.eu.org freeddns.org freedesktop.org from-me.org fspages.org game-host.org go.dyndns.org gotdns.org gr.eu.org hatenadiary.org hepforge.org hk.org hobby-site.org home.dyndns.org homedns.org homeftp.org homelinux.org homeunix.org hopto.org hr.eu.org httpbin.org hu.eu.org ie.eu.org il.eu.org in-dsl.org in-vpn.org in.eu.org int.eu.org ip-dynamic.org is-a-bruinsfan.org is-a-candidate.org is-a-celticsfan.org is-a-chef.org is-a-geek.org is-a-knight.org is-a-linux-user.org is-a-patsfan.org is-a-soxfan.org is-found.org is-local.org is-lost.org is-saved.org is-very-bad.org is-very-evil.org is-very-good.org is-very-nice.org is-very-sweet.org is.eu.org isa-geek.org it.eu.org jp.eu.org jpn.org js.org kicks-ass.org kr.eu.org lt.eu.org lu.eu.org lv.eu.org me.eu.org misconfused.org mk.eu.org mlbfan.org mt.eu.org my-firewall.org my.eu.org myfirewall.org myftp.org mysecuritycamera.org mywire.org net.eu.org nflfan.org ng.eu.org nl.eu.org no-ip.org no.eu.org now-dns.org nz.eu.org org pimienta.org pl.eu.org podzone.org poivron.org potager.org pt.eu.org pubtls.org read-books.org readmyblog.org ro.eu.org routingthecloud.org roxa.org rsc.cdn77.org ru.eu.org s3.teckids.org se.eu.org selfip.org sellsyourhome.org servebbs.org serveftp.org servegame.org si.eu.org sk.eu.org small-web.org spdns.org ssl.origin.cdn77-secure.org stuff-4-sale.org sweetpepper.org toolforge.org tr.eu.org tunk.org tuxfamily.org twmail.org ufcfan.org uk.eu.org us.eu.org us.org webhop.org webredirect.org wmcloud.org wmflabs.org za.org zapto.org
organic
origins
osaka
otsuka
ott
nerdpol.ovh ovh
abo.pa ac.pa com.pa edu.pa gob.pa ing.pa med.pa net.pa nom.pa org.pa pa sld.pa
aem.page codeberg.page deuxfleurs.page heyflow.page hlx.page mybox.page page pdns.page plesk.page prvcy.page rocky.page statichost.page
panasonic
paris
pars
partners
parts
party
pay
pccw
com.pe edu.pe gob.pe mil.pe net.pe nom.pe org.pe pe
pet
com.pf edu.pf org.pf pf
pfizer
*.pg
cloudns.ph com.ph edu.ph gov.ph i.ph mil.ph net.ph ngo.ph org.ph ph
pharmacy
phd
philips
phone
photo
photography
framer.photos photos
physio
pics
pictet
1337.pictures pictures
pid
pin
ping
pink
pioneer
ngrok.pizza pizza
ac.pk biz.pk com.pk edu.pk fam.pk gkp.pk gob.pk gog.pk gok.pk gop.pk gos.pk gov.pk net.pk org.pk pk web.pk
agro.pl aid.pl ap.gov.pl art.pl atm.pl augustow.pl auto.pl babia-gora.pl bedzin.pl beep.pl beskidy.pl bialowieza.pl bialystok.pl bielawa.pl bielsko.pl bieszczady.pl biz.pl boleslawiec.pl bydgoszcz.pl bytom.pl cfolks.pl cieszyn.pl co.pl com.pl czeladz.pl czest.pl dfirma.pl dkonto.pl dlugoleka.pl ecommerce-shop.pl edu.pl elblag.pl elk.pl gda.pl gdansk.pl gdynia.pl gliwice.pl glogow.pl gmina.pl gniezno.pl gorlice.pl gov.pl grajewo.pl griw.gov.pl gsm.pl homesklep.pl ic.gov.pl ilawa.pl info.pl iqhs.pl is.gov.pl jaworzno.pl jelenia-gora.pl jgora.pl kalisz.pl karpacz.pl kartuzy.pl kaszuby.pl katowice.pl kazimierz-dolny.pl kepno.pl ketrzyn.pl klodzko.pl kmpsp.gov.pl kobierzyce.pl kolobrzeg.pl konin.pl konskowola.pl konsulat.gov.pl kppsp.gov.pl krakow.pl krasnik.pl kutno.pl kwp.gov.pl kwpsp.gov.pl lapy.pl lebork.pl leczna.pl legnica.pl lezajsk.pl limanowa.pl lodz.pl lomza.pl lowicz.pl lubartow.pl lubin.pl lublin.pl lukow.pl mail.pl malbork.pl malopolska.pl mazowsze.pl mazury.pl med.pl media.pl miasta.pl mielec.pl mielno.pl mil.pl mragowo.pl mup.gov.pl mw.gov.pl myspreadshop.pl naklo.pl net.pl nieruchomosci.pl nom.pl nowaruda.pl nysa.pl oia.gov.pl oirm.gov.pl oke.gov.pl olawa.pl olecko.pl olkusz.pl olsztyn.pl oow.gov.pl opoczno.pl opole.pl org.pl oschr.gov.pl ostroda.pl ostroleka.pl ostrowiec.pl ostrowwlkp.pl oum.gov.pl pa.gov.pl pabianice.pl pc.pl pila.pl pinb.gov.pl pisz.pl piw.gov.pl pl plock.pl po.gov.pl podhale.pl podlasie.pl polkowice.pl pomorskie.pl pomorze.pl poniatowa.pl powiat.pl poznan.pl pr.gov.pl priv.pl prochowice.pl pruszkow.pl przeworsk.pl psp.gov.pl psse.gov.pl pulawy.pl pup.gov.pl radom.pl rawa-maz.pl realestate.pl rel.pl rybnik.pl rzeszow.pl rzgw.gov.pl sa.gov.pl sanok.pl sdn.gov.pl sdscloud.pl sejny.pl sex.pl shop.pl shoparena.pl sieradz.pl simplesite.pl skierniewice.pl sklep.pl sko.gov.pl skoczow.pl slask.pl slupsk.pl so.gov.pl sopot.pl sos.pl sosnowiec.pl sr.gov.pl stalowa-wola.pl starachowice.pl stargard.pl starostwo.gov.pl suwalki.pl swidnica.pl swidnik.pl swiebodzin.pl swinoujscie.pl szczecin.pl szczytno.pl szkola.pl targi.pl tarnobrzeg.pl tgory.pl tm.pl torun.pl tourism.pl travel.pl turek.pl turystyka.pl tychy.pl ug.gov.pl ugim.gov.pl um.gov.pl umig.gov.pl unicloud.pl upow.gov.pl uppo.gov.pl us.gov.pl ustka.pl uw.gov.pl uzs.gov.pl walbrzych.pl warmia.pl warszawa.pl waw.pl wegrow.pl wielun.pl wif.gov.pl wiih.gov.pl winb.gov.pl wios.gov.pl witd.gov.pl wiw.gov.pl wkz.gov.pl wlocl.pl wloclawek.pl wodzislaw.pl wolomin.pl wroc.pl wroclaw.pl wsa.gov.pl wskr.gov.pl wsse.gov.pl wuoz.gov.pl wzmiuw.gov.pl you2.pl zachpomor.pl zagan.pl zakopane.pl zarow.pl zgierz.pl zgora.pl zgorzelec.pl zp.gov.pl zpisdn.gov.pl
co.place place
play
playstation
plumbing
*.at.playit.plus playit.plus plus with.playit.plus
name.pm own.pm pm
co.pn edu.pn gov.pn net.pn org.pn pn
pnc
pohl
poker
politie
porn
post
ac.pr biz.pr com.pr edu.pr est.pr gov.pr info.pr isla.pr name.pr net.pr org.pr pr pro.pr prof.pr
praxi
press
prime
aaa.pro aca.pro acct.pro avocat.pro bar.pro barsy.pro cloudns.pro cpa.pro eng.pro jur.pro keenetic.pro law.pro med.pro ngrok.pro pro recht.pro
prod
productions
prof
progressive
promo
properties
property
protection
pru
prudential
com.ps edu.ps gov.ps net.ps org.ps plo.ps ps sec.ps
123paginaweb.pt com.pt edu.pt gov.pt int.pt net.pt nome.pt org.pt pt publ.pt
*.id.pub *.kin.pub barsy.pub pub
cloudns.pw gov.pw pw x443.pw
pwc
com.py coop.py edu.py gov.py mil.py net.py org.py py
com.qa edu.qa gov.qa mil.qa name.qa net.qa org.qa qa sch.qa
qpon
quebec
quest
racing
radio
asso.re can.re com.re netlib.re re
read
realestate
realtor
realty
recipes
red
redumbrella
rehab
reise
reisen
reit
reliance
ren
rent
rentals
repair
report
republican
rest
restaurant
review
aem.reviews reviews
rexroth
rich
richardli
ricoh
ril
rio
clan.rip rip
arts.ro barsy.ro co.ro com.ro firm.ro info.ro nom.ro nt.ro org.ro rec.ro ro shop.ro store.ro tm.ro www.ro
lima-city.rocks myddns.rocks rocks stackit.rocks webspace.rocks
rodeo
rogers
room
ac.rs barsy.rs co.rs edu.rs gov.rs in.rs org.rs ox.rs rs shop.brendly.rs
rsvp
*.hosting.myjino.ru *.landing.myjino.ru *.spectrum.myjino.ru *.vps.myjino.ru ac.ru adygeya.ru bashkiria.ru bir.ru cbg.ru com.ru dagestan.ru edu.ru eurodir.ru gov.ru grozny.ru hb.cldmail.ru int.ru kalmykia.ru kustanai.ru marine.ru mcdir.ru mcpre.ru mil.ru mircloud.ru mordovia.ru msk.ru myjino.ru mytis.ru na4u.ru nalchik.ru net.ru nov.ru org.ru pp.ru pyatigorsk.ru ras.ru ru spb.ru vladikavkaz.ru vladimir.ru vps.mcdir.ru
rugby
ruhr
*.appwrite.run *.build.run *.code.run *.database.run *.migration.run canva.run cloud.run development.run iran.liara.run liara.run lovable.run needle.run onporter.run ravendb.run repl.run run stackit.run val.run vercel.run web.val.run wix.run
ac.rw co.rw coop.rw gov.rw mil.rw net.rw org.rw rw
rwe
ryukyu
com.sa edu.sa gov.sa med.sa net.sa org.sa pub.sa sa sch.sa
saarland
safe
safety
sakura
sale
salon
samsclub
samsung
sandvik
sandvikcoromant
sanofi
sap
sarl
sas
save
saxo
com.sb edu.sb gov.sb net.sb org.sb sb
sbi
sbs
com.sc edu.sc gov.sc net.sc org.sc sc
scb
schaeffler
schmidt
scholarships
school
schule
schwarz
science
co.scot gov.scot me.scot mygov.scot org.scot scot service.gov.scot
com.sd edu.sd gov.sd info.sd med.sd net.sd org.sd sd tv.sd
123minsida.se a.se ac.se b.se bd.se brand.se c.se com.se d.se e.se f.se fh.se fhsk.se fhv.se g.se h.se i.se iopsys.se itcouldbewor.se k.se komforb.se kommunalforbund.se komvux.se l.se lanbib.se m.se myspreadshop.se n.se naturbruksgymn.se o.se org.se p.se parti.se pp.se press.se r.se s.se se t.se tm.se u.se w.se x.se y.se z.se
search
seat
secure
security
seek
select
sener
loginline.services services
seven
sew
sex
sexy
sfr
com.sg edu.sg enscaled.sg gov.sg net.sg org.sg sg
botda.sh com.sh ent.platform.sh eu.platform.sh gov.sh hashbang.sh lovable.sh mil.sh net.sh now.sh org.sh sh surge.sh teleport.sh us.platform.sh
shangrila
sharp
shell
shia
shiksha
shoes
barsy.shop barsyonline.shop base.shop hoplix.shop shop shopware.shop
shopping
shouji
ms.show show
f5.si gitpage.si si
silk
sina
singles
*.cloudera.site *.platformsh.site *.tst.site ams.scw.site barsy.site byen.site caffeine.site chatgpt.site co.site convex.site cpanel.site cyon.site eu-west-1.convex.site fastvps.site figma-gov.site figma.site heyflow.site jele.site jouwweb.site loginline.site madethis.site my.canva.site notion.site novecore.site omniwe.site opensocial.site piebox.site playcode.site preview.site puter.site scw.site site sol.site sourcecraft.site square.site srht.site support.site us-east-1.convex.site waw.scw.site wpsquared.site
sj
org.sk sk
ski
skin
sky
skype
com.sl edu.sl gov.sl net.sl org.sl sl
sling
sm
smart
smile
art.sn com.sn edu.sn gouv.sn org.sn sn univ.sn
sncf
com.so edu.so gov.so me.so net.so org.so so surveys.so
soccer
social
softbank
software
sohu
solar
solutions
song
sony
soy
spa
app-ionos.space deployagent.space heiyu.space hf.space myfast.space project.space space static.hf.space uber.space vibehost.space xs4all.space
sport
spot
sr
srl
biz.ss co.ss com.ss edu.ss gov.ss me.ss net.ss org.ss sch.ss ss
*.cn.st co.st com.st consulado.st edu.st embaixada.st helioho.st kirara.st mil.st net.st noho.st org.st principe.st saotome.st st store.st
stada
staples
star
statebank
statefarm
stc
stcgroup
stockholm
storage
barsy.store sellfy.store shopware.store store storebase.store
stream
ai.studio studio
study
style
abkhazia.su adygeya.su aktyubinsk.su arkhangelsk.su armenia.su ashgabad.su azerbaijan.su balashov.su bashkiria.su bryansk.su bukhara.su chimkent.su dagestan.su east-kazakhstan.su exnet.su georgia.su grozny.su ivanovo.su jambyl.su kalmykia.su kaluga.su karacol.su karaganda.su karelia.su khakassia.su krasnodar.su kurgan.su kustanai.su lenug.su mangyshlak.su mordovia.su msk.su murmansk.su nalchik.su navoi.su north-kazakhstan.su nov.su obninsk.su penza.su pokrovsk.su sochi.su spb.su su tashkent.su termez.su togliatti.su troitsk.su tselinograd.su tula.su tuva.su vladikavkaz.su vladimir.su vologda.su
sucks
supplies
supply
barsy.support support
surf
surgery
suzuki
com.sv edu.sv gob.sv org.sv red.sv sv
swatch
swiss
gov.sx sx
com.sy edu.sy gov.sy mil.sy net.sy org.sy sy
sydney
miren.systems systems
ac.sz co.sz org.sz sz
tab
taipei
talk
taobao
target
tatamotors
tatar
tattoo
tax
taxi
tc
tci
td
tdk
discourse.team jelastic.team team
cleverapps.tech tech
co.technology technology
tel
temasek
tennis
teva
sch.tf tf
tg
ac.th co.th go.th in.th mi.th net.th online.th or.th shop.th th
thd
theater
theatre
tiaa
tickets
tienda
tips
tires
tirol
biz.tj co.tj com.tj edu.tj go.tj gov.tj int.tj mil.tj name.tj net.tj nic.tj org.tj test.tj tj web.tj
tjmaxx
tjx
tk
tkmaxx
gov.tl tl
co.tm com.tm edu.tm gov.tm mil.tm net.tm nom.tm org.tm tm
tmall
com.tn ens.tn fin.tn gov.tn ind.tn info.tn intl.tn mincom.tn nat.tn net.tn orangecloud.tn org.tn perso.tn tn tourism.tn
611.to com.to direct.quickconnect.to edu.to gov.to mil.to net.to nett.to org.to to vpnplus.to x0.to
prequalifyme.today today
tokyo
dyn.addr.tools myaddr.tools tools
*.wadl.top ntdll.top top
toray
toshiba
total
tours
town
toyota
toys
av.tr bbs.tr bel.tr biz.tr com.tr dr.tr edu.tr gen.tr gov.nc.tr gov.tr info.tr k12.tr kep.tr mil.tr name.tr nc.tr net.tr org.tr pol.tr tel.tr tr tsk.tr tv.tr web.tr
trade
trading
training
travel
travelers
travelersinsurance
trust
trv
biz.tt co.tt com.tt edu.tt gov.tt info.tt mil.tt name.tt net.tt org.tt pro.tt tt
tube
tui
tunes
tushu
better-than.tv dyndns.tv from.tv on-the-web.tv sakura.tv tv worse-than.tv
tvs
club.tw com.tw ebiz.tw edu.tw game.tw gov.tw idv.tw mil.tw mydns.tw mymailer.com.tw net.tw org.tw tw url.tw
ac.tz co.tz go.tz hotel.tz info.tz me.tz mil.tz mobi.tz ne.tz or.tz sc.tz tv.tz tz
biz.ua cc.ua cherkassy.ua cherkasy.ua chernigov.ua chernihiv.ua chernivtsi.ua chernovtsy.ua ck.ua cn.ua co.ua com.ua cr.ua crimea.ua cv.ua cx.ua dn.ua dnepropetrovsk.ua dnipropetrovsk.ua donetsk.ua dp.ua edu.ua gov.ua if.ua in.ua inf.ua ivano-frankivsk.ua kh.ua kharkiv.ua kharkov.ua kherson.ua khmelnitskiy.ua khmelnytskyi.ua kiev.ua kirovograd.ua km.ua kr.ua kropyvnytskyi.ua krym.ua ks.ua kv.ua kyiv.ua lg.ua lt.ua ltd.ua lugansk.ua luhansk.ua lutsk.ua lv.ua lviv.ua mk.ua mykolaiv.ua net.ua nikolaev.ua od.ua odesa.ua odessa.ua org.ua pl.ua poltava.ua pp.ua rivne.ua rovno.ua rv.ua sb.ua sebastopol.ua sevastopol.ua sm.ua sumy.ua te.ua ternopil.ua ua uz.ua uzhgorod.ua uzhhorod.ua v.ua vinnica.ua vinnytsia.ua vn.ua volyn.ua yalta.ua zakarpattia.ua zaporizhzhe.ua zaporizhzhia.ua zhitomir.ua zhytomyr.ua zp.ua zt.ua
ubank
ubs
ac.ug co.ug com.ug edu.ug go.ug gov.ug mil.ug ne.ug or.ug org.ug sc.ug ug us.ug
*.oraclegovcloudapps.uk *.sch.uk ac.uk adimo.co.uk affinitylottery.org.uk api.gov.uk barsy.co.uk barsy.uk barsyonline.co.uk campaign.gov.uk co.uk conn.uk copro.uk cust.retrosnub.co.uk glug.org.uk gov.uk hosp.uk independent-commission.uk independent-inquest.uk independent-inquiry.uk independent-panel.uk independent-review.uk j.layershift.co.uk ltd.uk lug.org.uk lugs.org.uk me.uk myspreadshop.co.uk net.uk nh-serv.co.uk nhs.uk nimsite.uk no-ip.co.uk org.uk plc.uk police.uk public-inquiry.uk pymnt.uk raffleentry.org.uk royal-commission.uk service.gov.uk uk weeklylottery.org.uk
unicom
university
uno
uol
ups
aberdeen.wa.us ak.us al.us ann-arbor.mi.us ar.us as.us aws-gov.databricksapps.us az.us azure-api.us azurewebsites.us bainbridge-isl.wa.us bellevue.wa.us bremerton.wa.us ca.us cc.ak.us cc.al.us cc.ar.us cc.as.us cc.az.us cc.ca.us cc.co.us cc.ct.us cc.dc.us cc.de.us cc.fl.us cc.ga.us cc.gu.us cc.hi.us cc.ia.us cc.id.us cc.il.us cc.in.us cc.ks.us cc.ky.us cc.la.us cc.ma.us cc.md.us cc.me.us cc.mi.us cc.mn.us cc.mo.us cc.ms.us cc.mt.us cc.nc.us cc.ne.us cc.nh.us cc.nj.us cc.nm.us cc.nv.us cc.ny.us cc.oh.us cc.ok.us cc.or.us cc.pa.us cc.pr.us cc.ri.us cc.sc.us cc.sd.us cc.tn.us cc.tx.us cc.ut.us cc.va.us cc.vi.us cc.vt.us cc.wa.us cc.wi.us cc.wv.us cc.wy.us centralia.wa.us chehalis.wa.us chtr.k12.ma.us cloudns.us co.us cog.mi.us ct.us dc.us de.us dni.us dst.mi.us eaton.mi.us fl.us forks.wa.us freeddns.us ga.us gen.mi.us gh.srv.us gig-harbor.wa.us gl.srv.us golffan.us gu.us heliohost.us hi.us hoquiam.wa.us ia.us id.us il.us in.us is-by.us isa.us k12.ak.us k12.al.us k12.ar.us k12.as.us k12.az.us k12.ca.us k12.co.us k12.ct.us k12.dc.us k12.fl.us k12.ga.us k12.gu.us k12.ia.us k12.id.us k12.il.us k12.in.us k12.ks.us k12.ky.us k12.la.us k12.ma.us k12.md.us k12.me.us k12.mi.us k12.mn.us k12.mo.us k12.ms.us k12.mt.us k12.nc.us k12.ne.us k12.nh.us k12.nj.us k12.nm.us k12.nv.us k12.ny.us k12.oh.us k12.ok.us k12.or.us k12.pa.us k12.pr.us k12.sc.us k12.tn.us k12.tx.us k12.ut.us k12.va.us k12.vi.us k12.vt.us k12.wa.us k12.wi.us k12.wy.us keyport.wa.us kingston.wa.us ks.us ky.us la.us land-4-sale.us lib.ak.us lib.al.us lib.ar.us lib.as.us lib.az.us lib.ca.us lib.co.us lib.ct.us lib.dc.us lib.fl.us lib.ga.us lib.gu.us lib.hi.us lib.ia.us lib.id.us lib.il.us lib.in.us lib.ks.us lib.ky.us lib.la.us lib.ma.us lib.md.us lib.me.us lib.mi.us lib.mn.us lib.mo.us lib.mt.us lib.nc.us lib.ne.us lib.nh.us lib.nj.us lib.nm.us lib.nv.us lib.ny.us lib.oh.us lib.ok.us lib.or.us lib.pa.us lib.pr.us lib.ri.us lib.sc.us lib.sd.us lib.tn.us lib.tx.us lib.ut.us lib.va.us lib.vi.us lib.vt.us lib.wa.us lib.wi.us lib.wy.us ma.us md.us me.us mi.us mircloud.us mn.us mo.us ms.us mt.us mus.mi.us nc.us nd.us ne.us ngo.us nh.us nj.us nm.us noip.us nsn.us nv.us ny.us oh.us ok.us olympia.wa.us or.us pa.us paroch.k12.ma.us phx.enscaled.us pointto.us port-angeles.wa.us port-ludlow.wa.us port-orchard.wa.us port-townsend.wa.us poulsbo.wa.us pr.us pvt.k12.ma.us redmond.wa.us renton.wa.us ri.us sc.us sd.us sea.wa.us seattle.wa.us sequim.wa.us servername.us shelton.wa.us silverdale.wa.us srv.us stuff-4-sale.us tec.mi.us tn.us tx.us us ut.us va.us vi.us vt.us wa.us washtenaw.mi.us wi.us wv.us wy.us yarrow-point.wa.us
com.uy edu.uy gub.uy gv.uy mil.uy net.uy org.uy uy
co.uz com.uz net.uz org.uz uz
va
vacations
vana
vanguard
*.0e.vc com.vc d.gv.vc edu.vc gov.vc gv.vc mil.vc mydns.vc net.vc org.vc vc
arts.ve bib.ve co.ve com.ve e12.ve edu.ve emprende.ve firm.ve gob.ve gov.ve ia.ve info.ve int.ve mil.ve net.ve nom.ve org.ve rar.ve rec.ve store.ve tec.ve ve web.ve
vegas
ventures
verisign
versicherung
vet
edu.vg vg
co.vi com.vi k12.vi net.vi org.vi vi
viajes
video
vig
viking
villas
vin
hidns.vip vip
virgin
visa
vision
viva
vivo
vlaanderen
ac.vn ai.vn angiang.vn bacgiang.vn backan.vn baclieu.vn bacninh.vn baria-vungtau.vn bentre.vn binhdinh.vn binhduong.vn binhphuoc.vn binhthuan.vn biz.vn camau.vn cantho.vn caobang.vn com.vn daklak.vn daknong.vn danang.vn dienbien.vn dongnai.vn dongthap.vn edu.vn gialai.vn gov.vn hagiang.vn haiduong.vn haiphong.vn hanam.vn hanoi.vn hatinh.vn haugiang.vn health.vn hoabinh.vn hue.vn hungyen.vn id.vn info.vn int.vn io.vn khanhhoa.vn kiengiang.vn kontum.vn laichau.vn lamdong.vn langson.vn laocai.vn longan.vn namdinh.vn name.vn net.vn nghean.vn ninhbinh.vn ninhthuan.vn org.vn phutho.vn phuyen.vn pro.vn quangbinh.vn quangnam.vn quangngai.vn quangninh.vn quangtri.vn soctrang.vn sonla.vn tayninh.vn thaibinh.vn thainguyen.vn thanhhoa.vn thanhphohochiminh.vn thuathienhue.vn tiengiang.vn travinh.vn tuyenquang.vn vinhlong.vn vinhphuc.vn vn yenbai.vn
vodka
volvo
vote
voting
voto
voyage
com.vu edu.vu net.vu org.vu vu
wales
walmart
walter
wang
wanggou
watch
watches
weather
weatherchannel
web
webcam
weber
framer.website website
wed
wedding
weibo
weir
biz.wf sch.wf wf
whoswho
wien
framer.wiki wiki
williamhill
win
windows
wine
winners
wme
woodside
imagine-proxy.work puter.work work
works
world
wow
*.advisor.ws cloud66.ws com.ws dyndns.ws edu.ws gov.ws mypets.ws net.ws org.ws ws
wtc
ddns.wtf wtf
xbox
xerox
xihuan
xin
xn--11b4c3d
xn--1ck2e1b
xn--1qqw23a
xn--2scrj9c
xn--30rr7y
xn--3bst00m
xn--3ds443g
xn--3e0b707e
xn--3hcrj9c
xn--3pxu8k
xn--42c2d9a
xn--45br5cyl
xn--45brj9c
xn--45q11c
xn--4dbgdty6c.xn--4dbrk0ce xn--4dbrk0ce xn--5dbhl8d.xn--4dbrk0ce xn--8dbq2a.xn--4dbrk0ce xn--hebda8b.xn--4dbrk0ce
xn--4gbrim
xn--54b7fta0cc
xn--55qw42g
xn--55qx5d
xn--5su34j936bgsg
xn--5tzm5g
xn--6frz82g
xn--6qq986b3xl
xn--80adxhks
xn--80ao21a
xn--80aqecdr1a
xn--80asehdb
xn--80aswg
xn--8y0a063a
xn--80au.xn--90a3ac xn--90a3ac xn--90azh.xn--90a3ac xn--c1avg.xn--90a3ac xn--d1at.xn--90a3ac xn--o1ac.xn--90a3ac xn--o1ach.xn--90a3ac
xn--90ae
xn--90ais
xn--9dbq2a
xn--9et52u
xn--9krt00a
xn--b4w605ferd
xn--bck1b9a5dre4c
xn--c1avg
xn--c2br7g
xn--cck2b3b
xn--cckwcxetd
xn--cg4bki
xn--clchc0ea0b2g2a9gcd
xn--czr694b
xn--czrs0t
xn--czru2d
xn--d1acj3b
xn--d1alf
xn--e1a4c
xn--eckvdtc9d
xn--efvy88h
xn--fct429k
xn--fhbei
xn--fiq228c5hs
xn--fiq64b
xn--fiqs8s
xn--fiqz9s
xn--fjq720a
xn--flw351e
xn--fpcrj9c3d
xn--fzc2c9e2c
xn--fzys8d69uvgm
xn--g2xx48c
xn--gckr3f0f
xn--gecrj9c
xn--gk3at1e
xn--h2breg3eve
xn--h2brj9c
xn--h2brj9c8c
xn--hxt814e
xn--i1b6b1a6a2e
xn--imr513n
xn--io0a7i
xn--j1aef
xn--j1amh
xn--55qx5d.xn--j6w193g xn--gmqw5a.xn--j6w193g xn--j6w193g xn--mxtq1m.xn--j6w193g xn--od0alg.xn--j6w193g xn--uc0atv.xn--j6w193g xn--wcvs22d.xn--j6w193g
xn--jlq480n2rg
xn--jvr189m
xn--kcrx77d1x4a
xn--kprw13d
xn--kpry57d
xn--kput3i
xn--l1acc
xn--lgbbat1ad8j
xn--mgb2ddes
xn--mgb9awbf
xn--mgba3a3ejt
xn--mgba3a4f16a
xn--mgba3a4fra
xn--mgba7c0bbn0a
xn--mgbaam7a8h
xn--mgbab2bd
xn--mgbah1a3hjkrd
xn--mgbai9a5eva00b
xn--mgbai9azgqp6j
xn--mgbayh7gpa
xn--mgbbh1a
xn--mgbbh1a71e
xn--mgbc0a9azcg
xn--mgbca7dzdo
xn--mgbcpq6gpa1a
xn--mgberp4a5d4a87g
xn--mgberp4a5d4ar
xn--mgbgu82a
xn--mgbi4ecexp
xn--mgbpl2fh
xn--mgbqly7c0a67fbc
xn--mgbqly7cvafr
xn--mgbt3dhd
xn--mgbtf8fl
xn--mgbtx2b
xn--mgbx4cd0ab
xn--mix082f
xn--mix891f
xn--mk1bu44c
xn--mxtq1m
xn--ngbc5azd
xn--ngbe9e0a
xn--ngbrx
xn--nnx388a
xn--node
xn--nqv7f
xn--nqv7fs00ema
xn--nyqy26a
xn--12c1fe0br.xn--o3cw4h xn--12cfi8ixb8l.xn--o3cw4h xn--12co0c3b4eva.xn--o3cw4h xn--h3cuzk1di.xn--o3cw4h xn--m3ch0j3a.xn--o3cw4h xn--o3cw4h xn--o3cyx2a.xn--o3cw4h
xn--ogbpf8fl
xn--otu796d
xn--41a.xn--p1acf xn--80aaa0cvac.xn--p1acf xn--90a1af.xn--p1acf xn--90amc.xn--p1acf xn--c1avg.xn--p1acf xn--h1ahn.xn--p1acf xn--h1aliz.xn--p1acf xn--j1adp.xn--p1acf xn--j1aef.xn--p1acf xn--j1ael8b.xn--p1acf xn--p1acf
xn--p1ai
xn--pgbs0dh
xn--pssy2u
xn--q7ce6a
xn--q9jyb4c
xn--qcka1pmc
xn--qxa6a
xn--qxam
xn--rhqv96g
xn--rovu88b
xn--rvc1e0am3e
xn--s9brj9c
xn--ses554g
xn--t60b56a
xn--tckwe
xn--tiq49xqyj
xn--unup4y
xn--vermgensberater-ctb
xn--vermgensberatung-pwb
xn--vhquv
xn--vuq861b
xn--w4r85el8fhu5dnra
xn--w4rs40l
xn--wgbh1c
xn--wgbl6a
xn--xhq521b
xn--xkc2al3hye2a
xn--xkc2dl3a5ee0h
xn--y9a3aq
xn--yfro4i67o
xn--ygbi2ammx
xn--zfr164b
xxx
*.telebit.xyz botdash.xyz caffeine.xyz exe.xyz opentunnel.xyz xyz
yachts
yahoo
yamaxun
yandex
com.ye edu.ye gov.ye mil.ye net.ye org.ye ye
yodobashi
yoga
yokohama
you
youtube
org.yt yt
yun
ac.za agric.za alt.za co.za edu.za gov.za grondar.za law.za mil.za net.za ngo.za nic.za nis.za nom.za org.za school.za tm.za web.za
zappos
zara
zero
zip
ac.zm biz.zm co.zm com.zm edu.zm gov.zm info.zm mil.zm net.zm org.zm sch.zm zm
*.triton.zone *.zerops.zone lima.zone prg1-zerops.zone stackit.zone zone
zuerich
ac.zw co.zw gov.zw mil.zw org.zw zw
`;
