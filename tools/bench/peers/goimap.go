// go-imap 1: values typed, literals in memory, one command at a time (its writer has no lock).
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/emersion/go-imap"
	"github.com/emersion/go-imap/client"
	"github.com/emersion/go-imap/commands"
	"github.com/emersion/go-imap/responses"
)

var asked = map[string]string{"host": "127.0.0.1", "mailbox": "INBOX", "count": "1"}
var count int
var security *tls.Config

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func connect() *client.Client {
	address := asked["host"] + ":" + asked["port"]
	var c *client.Client
	var err error
	if security == nil {
		c, err = client.Dial(address)
	} else {
		c, err = client.DialTLS(address, security)
	}
	check(err)
	return c
}

func open() *client.Client {
	c := connect()
	check(c.Login(asked["user"], asked["password"]))
	_, err := c.Select(asked["mailbox"], false)
	check(err)
	return c
}

func memoryKiB(name string) int {
	file, err := os.Open("/proc/self/status")
	check(err)
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); fields[0] == name+":" {
			kib, _ := strconv.Atoi(fields[1])
			return kib
		}
	}
	return 0
}

func say(line map[string]interface{}) {
	text, err := json.Marshal(line)
	check(err)
	fmt.Println(string(text))
}

func cpu() (user, system float64) {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime), seconds(usage.Stime)
}

func measure(work func() (items int, bytes int64)) {
	user, system := cpu()
	start := time.Now()
	items, bytes := work()
	wall := time.Since(start).Seconds()
	userEnd, systemEnd := cpu()
	say(map[string]interface{}{"items": items, "bytes": bytes, "wall": wall, "user": userEnd - user,
		"sys": systemEnd - system, "peak_kib": memoryKiB("VmHWM")})
}

func fetch(c *client.Client, items []imap.FetchItem, each func(*imap.Message)) {
	all := new(imap.SeqSet)
	all.AddRange(1, 0)
	messages := make(chan *imap.Message, 100)
	done := make(chan error, 1)
	go func() { done <- c.UidFetch(all, items, messages) }()
	for message := range messages {
		each(message)
	}
	check(<-done)
}

func metadata(c *client.Client) (int, int64) {
	items := []imap.FetchItem{imap.FetchUid, imap.FetchFlags, imap.FetchInternalDate, imap.FetchRFC822Size,
		imap.FetchEnvelope, imap.FetchBodyStructure}
	n := 0
	fetch(c, items, func(m *imap.Message) { n++ })
	return n, 0
}

func bodies(c *client.Client) (n int, bytes int64) {
	section := &imap.BodySectionName{Peek: true}
	fetch(c, []imap.FetchItem{imap.FetchUid, section.FetchItem()}, func(m *imap.Message) {
		read, err := io.Copy(io.Discard, m.GetBody(section))
		check(err)
		n++
		bytes += read
	})
	return
}

func roundtrip(c *client.Client) (int, int64) {
	for i := 0; i < count; i++ {
		check(c.Noop())
	}
	return count, 0
}

func store(c *client.Client) (int, int64) {
	add := imap.FormatFlagsOp(imap.AddFlags, true)
	for uid := 1; uid <= count; uid++ {
		one := new(imap.SeqSet)
		one.AddNum(uint32(uid))
		check(c.UidStore(one, add, []interface{}{imap.SeenFlag}, nil))
	}
	return count, 0
}

type idling struct {
	*responses.Idle
	agreed func()
}

func (i idling) Handle(resp imap.Resp) error {
	if _, ok := resp.(*imap.ContinuationReq); ok {
		i.agreed()
	}
	return i.Idle.Handle(resp)
}

func idle() {
	check(connect().Logout())
	before := memoryKiB("VmRSS")
	arrived := make(chan int64, count)
	var pending sync.WaitGroup
	pending.Add(count)
	for i := 0; i < count; i++ {
		c := open()
		updates := make(chan client.Update, 10)
		c.Updates = updates
		go func() {
			told := false // EXISTS and RECENT come as two updates
			for range updates {
				if !told {
					arrived <- time.Now().UnixMicro()
				}
				told = true
			}
		}()
		// What Client.Idle does, but for its timer: it does not tell when the server has agreed.
		answers := &responses.Idle{Stop: make(chan struct{}), RepliesCh: make(chan []byte, 10)}
		go c.Execute(&commands.Idle{}, idling{answers, pending.Done})
	}
	pending.Wait()
	say(map[string]interface{}{"idling": count, "rss_before_kib": before, "rss_kib": memoryKiB("VmRSS")})
	user, system := cpu()
	times := []int64{}
	for len(times) < count {
		times = append(times, <-arrived)
	}
	userEnd, systemEnd := cpu()
	say(map[string]interface{}{"events": count, "user": userEnd - user, "sys": systemEnd - system, "received_us": times})
}

func main() {
	workload := os.Args[1]
	for _, argument := range os.Args[2:] {
		pair := strings.SplitN(argument, "=", 2)
		asked[pair[0]] = pair[1]
	}
	count, _ = strconv.Atoi(asked["count"])
	if asked["tls"] == "yes" {
		authority, err := os.ReadFile(asked["ca"])
		check(err)
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(authority)
		security = &tls.Config{RootCAs: roots, ServerName: "localhost"}
	}
	workloads := map[string]func(*client.Client) (int, int64){"metadata": metadata, "bodies": bodies,
		"literal": bodies, "roundtrip": roundtrip, "store": store}
	switch {
	case workloads[workload] != nil:
		c := open()
		measure(func() (int, int64) { return workloads[workload](c) })
		check(c.Logout())
	case workload == "connect":
		measure(func() (int, int64) {
			for i := 0; i < count; i++ {
				check(connect().Logout())
			}
			return count, 0
		})
	case workload == "idle":
		idle()
	default:
		fmt.Fprintln(os.Stderr, "go-imap 1 cannot do", workload)
		os.Exit(3)
	}
}
