/** What customers of Philippine businesses write and what the texts behind the list of common words seldom have. */
export const chatWords: readonly string[] = `
  i u wont isnt arent wasnt havent hasnt shouldnt couldnt wouldnt wheres hows whens whos
  thx tnx pls plz yup nope lol asap fyi btw idk brb
  wifi router hotspot bluetooth hdmi gigabyte megabyte mbps lte buffering laggy sms mms esim prepaid postpaid unli
  login signin signup logout username passwords passcode pincode otp unlock unblock deactivate reactivate
  reboot reinstall resync resend resent screenshot selfie selfies emails inbox unsubscribe gmail
  apps appstore playstore ios bot chatbot livechat instagram tiktok viber whatsapp netflix spotify
  ipad macbook huawei xiaomi oppo vivo realme powerbank earbuds airpods headset charger thermostat
  gcash paypal paymaya ewallet ewallets qr barcode cashless contactless cashback remittance payday
  downpayment installments overcharged undercharged chargeback refundable nonrefundable reimburse reimbursed
  shopee lazada foodpanda angkas lalamove jnt ninjavan dhl lbc
  checkout voucher promo promos promocode freebie freebies preorder backorder restock restocked sku
  reimbursement overdraft autopay paperless topup topups beneficiary mastercard cryptocurrency crypto surcharge biller
  invoice invoices subscription subscriptions courier waybill airway dropoff pickup authentic counterfeit oem compatible
  warranty specs specification specifications troubleshoot firmware hardware software sync syncing
  reship reschedule rebook rebooking refill refills expiry
  hoodie hoodies leggings blouse sizing xl xxl xs
  checkup telehealth pediatrician dermatologist optometrist ob prenatal ultrasound pcr covid vaccinated
  philhealth pagibig bir nbi php barangay brgy davao quezon visayas
`
  .trim()
  .split(/\s+/);
