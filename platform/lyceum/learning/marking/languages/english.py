"""English."""

from lyceum.learning.marking.languages.base import Language, pairs, words

# Their counts lie close to the right word's, or above the bar for common words.
SLIPS = words(
    """
    alway wheres perhap nowaday awnser bycicle elefant forrest fiveteen rember thier recieve
    recieved definately seperate seperately untill wich alot occured occurence grammer calender
    truely goverment enviroment wierd tommorow tommorrow tomorow becuase beacuse becasue freind
    freinds beleive neccessary necesary accomodation adress begining biscut buisness cemetary
    collegue concious embarass embarassed existance foriegn fourty freindly garantee happend
    harrass humourous immediatly independant intresting knowlege liason lollypop millenium mispell
    noticable occassion oppurtunity parliment posession prefered privelege pronounciation
    publically realy refered religous restaurent rythm sieze speach succesful suprise suprised
    threshhold tounge underate usefull vaccum vegatable wether writting yatch allways allready
    beautifull carefull greatful hopefull wonderfull arguement athiest beatiful comittee comming
    diffrent dissapear dissapoint finaly generaly lenght strenght lightening liek probaly quater
    shoping swiming runing ballon pharoah expresso famer faithfull powerfull millenials repellant
    confectionary writen stoped planing studing teached whith wiht
    """
) - {"lightening", "planing", "teached"}

# Regular where English is not: learners write them by rule, so they are grammar, not spelling.
WORDS = words(
    """
    childs childrens mans womans womens mens peoples foots feets tooths teeths gooses geeses
    mouses mices sheeps fishes knifes wifes lifes leafs wolfs shelfs thiefs halfs loafs
    informations advices furnitures homeworks equipments luggages knowledges moneys furnitures
    researches softwares sceneries traffics goed comed runned eated drinked sleeped teached
    catched buyed bringed thinked builded writed speaked speaken taked tooked gived gaved
    maked doed sayed sended spended swimmed singed ringed breaked choosed drived drawed falled
    feeled felled fighted finded flied forgetted growed heared holded hurted keeped knowed leaved
    losed meeted payed putted readed rided sawed seed selled shooted sitted standed stealed
    sticked sweared throwed understanded weared winned cutted costed hitted letted gooder goodest
    badder baddest more-good worser breads musics heros tomatos potatos wolfs hisself theirselves
    themself ourself yourselfs myselfs
    """
) - {"heros", "tomatos", "potatos", "more-good", "ourself", "breads"}

VARIANTS = pairs(
    """
    colour=color colours=colors coloured=colored favourite=favorite favourites=favorites
    favour=favor flavour=flavor neighbour=neighbor neighbours=neighbors neighbourhood=neighborhood
    honour=honor humour=humor labour=labor behaviour=behavior rumour=rumor harbour=harbor
    parlour=parlor vapour=vapor centre=center centres=centers theatre=theater theatres=theaters
    metre=meter metres=meters litre=liter litres=liters kilometre=kilometer kilometres=kilometers
    centimetre=centimeter fibre=fiber grey=gray travelled=traveled travelling=traveling
    traveller=traveler travellers=travelers cancelled=canceled cancelling=canceling
    modelling=modeling labelled=labeled jewellery=jewelry organise=organize organised=organized
    organising=organizing organisation=organization realise=realize realised=realized
    realising=realizing recognise=recognize recognised=recognized apologise=apologize
    apologised=apologized analyse=analyze analysed=analyzed memorise=memorize practise=practice
    licence=license defence=defense offence=offense programme=program programmes=programs
    catalogue=catalog dialogue=dialog learnt=learned dreamt=dreamed burnt=burned spelt=spelled
    tyre=tire tyres=tires pyjamas=pajamas mum=mom mummy=mommy aeroplane=airplane
    moustache=mustache enrol=enroll enrolment=enrollment fulfil=fulfill skilful=skillful
    judgement=judgment cheque=check storey=story plough=plow whilst=while maths=math
    """
) - pairs("practise=practice mum=mom mummy=mommy cheque=check storey=story whilst=while")

# Without their apostrophe these are other words, so the apostrophe is no mere punctuation.
WITHOUT_APOSTROPHE = words("its were well ill hell shell wed shed id lets whose were")

ENGLISH = Language(
    code="en",
    name="English",
    endings=words("s es d ed ing er est ly y") | {""},
    added=frozenset("s"),
    common=3.1,
    slips=SLIPS,
    words=WORDS,
    variants=VARIANTS,
    without_apostrophe=WITHOUT_APOSTROPHE,
    thousands=",",
)
